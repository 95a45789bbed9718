/** The four judgements, made in one word each. */
import type { Json } from "../json/value.ts";
import type { Judgement } from "./rule.ts";

/** What was promised is seen. */
export function holds(seen: Json): Judgement {
  return { is: "holds", seen };
}

/** Something else is seen. */
export function violated(seen: Json): Judgement {
  return { is: "violated", seen };
}

/** `seen` holds when it is as promised, else it violates. */
export function decide(asPromised: boolean, seen: Json): Judgement {
  return asPromised ? holds(seen) : violated(seen);
}

/** The runtime or machine cannot show it. */
export function notObservable(reason: string): Judgement {
  return { is: "not-observable", reason };
}

/** A positive control failed: the harness cannot tell. */
export function broken(reason: string): Judgement {
  return { is: "broken", reason };
}
