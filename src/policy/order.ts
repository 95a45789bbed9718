/** The building blocks of a rule's `compare`. */
import { equalJson } from "../json/equal.ts";
import { isArray, type Json } from "../json/value.ts";
import type { Comparison } from "./rule.ts";

/**
 * The value of a subject that one of two configs does not have (a mount, a bind): what diff hands to `compare` in its place.
 * Rules whose subjects are the same for every config never meet it.
 */
export const absent = "absent";

/** For functional rules: the same or not. */
export function sameOrDifferent(before: Json, after: Json): Comparison {
  return equalJson(before, after) ? "same" : "different";
}

/** By rank, the higher isolating less. Two values of one rank are different; so is one without a rank (undefined). */
export function byRank(before: Json, after: Json, rank: (value: Json) => number | undefined): Comparison {
  if (equalJson(before, after)) return "same";
  const a = rank(before);
  const b = rank(after);
  if (a === undefined || b === undefined || a === b) return "different";
  return b > a ? "weaker" : "stronger";
}

/** Whether something is open: weaker where it becomes so, stronger where it no longer is, else the same. */
export function byOpening(before: boolean, after: boolean): Comparison {
  if (before === after) return "same";
  return after ? "weaker" : "stronger";
}

/** Lists as sets: more entries isolate less; a set is different where both have what the other lacks. */
export function bySubset(before: Json, after: Json): Comparison {
  if (!isArray(before) || !isArray(after)) return sameOrDifferent(before, after);
  const gained = after.some((item) => !holdsItem(before, item));
  const lost = before.some((item) => !holdsItem(after, item));
  if (gained && lost) return "different";
  return gained ? "weaker" : lost ? "stronger" : "same";
}

/** Integers: the greater isolates less. */
export function byAmount(before: number | bigint, after: number | bigint): Comparison {
  if (BigInt(before) === BigInt(after)) return "same";
  return after > before ? "weaker" : "stronger";
}

/** Several aspects of one value: weaker where some are and none is stronger, and so on; different where they disagree. */
export function together(aspects: readonly Comparison[]): Comparison {
  const changed = new Set(aspects.filter((aspect) => aspect !== "same"));
  const [only] = changed;
  if (only === undefined) return "same";
  return changed.size === 1 ? only : "different";
}

/** Whether `list` has `item`, as JSON values. */
export function holdsItem(list: readonly Json[], item: Json): boolean {
  return list.some((each) => equalJson(each, item));
}
