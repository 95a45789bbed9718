/** What becomes of the checks of a runtime that was found and starts no cell. */
import type { CheckEvent } from "../../../src/suite/event.ts";
import type { Runtime } from "../runtime/runtime.ts";

/** A runtime that is here and cannot be used. */
export interface UnusableRuntime {
  readonly runtime: Runtime;
  /** One sentence, with its own words. */
  readonly reason: string;
  /** Whether the user asked for this one: then it is a fault that it cannot be used. */
  readonly named: boolean;
}

/** The sentence of a runtime whose smallest cell came to nothing for the reason `words`. */
export function startsNothing({ profile, path, version }: Runtime, words: string): string {
  return `${profile.name} ${version} (${path}) starts no cell here, not even the smallest: ${words}`;
}

/**
 * A check for each of `ids`. One that the user named is an error, told once, with the rest blocked behind it; one that was
 * only found is a skip, as if it were not installed (`--require` makes that red).
 */
export function unusableChecks(ids: readonly string[], { reason, named }: UnusableRuntime): readonly CheckEvent[] {
  return ids.map((id, index): CheckEvent => {
    if (!named) return { type: "check", id, verdict: "skip", code: "not-executable-here", reason };
    if (index === 0) return { type: "check", id, verdict: "error", code: "starts-no-cell", reason };
    return { type: "check", id, verdict: "skip", reason: `blocked by ${ids[0]}` };
  });
}
