/** Finds entries of a list that occur twice. */
import type { Json } from "../../json/value.ts";

/**
 * Calls `report` for every entry whose key was seen before, with the position of the entry, of its first occurrence, and
 * the key. Entries for which `keyOf` gives nothing are passed over.
 */
export function eachRepeat(
  items: readonly Json[],
  keyOf: (item: Json) => string | undefined,
  report: (index: number, first: number, key: string) => void,
): void {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else report(index, first, key);
  }
}
