/** What an audit found out. */
import type { JudgedCondition, Policy } from "../../../src/policy/read-policy.ts";
import type { Promised } from "../../../src/policy/rule.ts";
import type { GroupedChanges } from "../changes.ts";

/** A policy, and how each of its conditions stands. */
export interface JudgedPolicy {
  readonly policy: Policy;
  readonly conditions: readonly JudgedCondition[];
}

/** One config, audited. */
export interface Audited {
  /** As it is called in messages. */
  readonly file: string;
  readonly promises: readonly Promised[];
  /** Policies that it must hold. */
  readonly asked: readonly JudgedPolicy[];
  /** All others, for information. */
  readonly others: readonly JudgedPolicy[];
  /** What changed since an older config. */
  readonly against?: { readonly file: string; readonly changes: GroupedChanges };
}

/** `holds`, or `lacks 2 of 24`. */
export function verdictOf({ conditions }: JudgedPolicy): string {
  const lacking = conditions.filter(({ holds }) => !holds).length;
  return lacking === 0 ? "holds" : `lacks ${lacking} of ${conditions.length}`;
}
