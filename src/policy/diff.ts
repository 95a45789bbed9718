/** What changed between two configs, said in promises. */
import { equalJson } from "../json/equal.ts";
import type { Json } from "../json/value.ts";
import { absent } from "./order.ts";
import type { Comparison, Promised } from "./rule.ts";
import { findRule } from "./rules.ts";

/** One subject whose promise changed. A subject that one side does not have has the value `absent` there. */
export interface PromiseChange {
  readonly rule: string;
  readonly subject: string;
  readonly before: Json;
  readonly after: Json;
  readonly comparison: Exclude<Comparison, "same">;
}

/** Every change from `before` to `after`, by the rules' own comparison, in the order of the promises. */
export function diffPromises(before: readonly Promised[], after: readonly Promised[]): readonly PromiseChange[] {
  const old = new Map(before.map((promised) => [keyOf(promised), promised]));
  const now = new Map(after.map((promised) => [keyOf(promised), promised]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): readonly PromiseChange[] => {
    const promised = old.get(key) ?? now.get(key);
    if (promised === undefined) return [];
    const from = old.get(key)?.value ?? absent;
    const to = now.get(key)?.value ?? absent;
    if (equalJson(from, to)) return [];
    const comparison = findRule(promised.rule).compare(from, to);
    if (comparison === "same") return [];
    return [{ rule: promised.rule, subject: promised.subject, before: from, after: to, comparison }];
  });
}

function keyOf({ rule, subject }: Promised): string {
  return `${rule} ${subject}`;
}
