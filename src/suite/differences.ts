/** Where two JSON values differ, for people. */
import { equalJson } from "../json/equal.ts";
import { pointerOf } from "../json/pointer.ts";
import { printCompact } from "../json/print.ts";
import { isArray, isObject, type Json, type JsonObject } from "../json/value.ts";

/** One place. Undefined: nothing is there. */
export interface Difference {
  readonly pointer: string;
  readonly promised: Json | undefined;
  readonly seen: Json | undefined;
}

type Path = readonly (string | number)[];

/**
 * The smallest parts in which `seen` differs from `promised`, in the order of the document. Items that were added to or
 * taken from the middle of a list are named as such and do not make all later ones differ; a pointer to an item that is
 * only in one of the two lists counts in that list.
 */
export function differences(promised: Json, seen: Json): readonly Difference[] {
  const found: Difference[] = [];
  walk(promised, seen, [], found);
  return found;
}

/** One line for each of the first ten differences. */
export function describeDifferences(found: readonly Difference[]): string {
  const lines = found.slice(0, 10).map(({ pointer, promised, seen }) => {
    const place = pointer === "" ? "the whole value" : pointer;
    return `${place}: promised ${short(promised)}, seen ${short(seen)}`;
  });
  if (found.length > lines.length) lines.push(`and ${found.length - lines.length} more`);
  return lines.join("\n");
}

function short(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = printCompact(value);
  return text.length <= 200 ? text : `${text.slice(0, 200)}… (${text.length} characters)`;
}

function walk(promised: Json, seen: Json, path: Path, found: Difference[]): void {
  if (equalJson(promised, seen)) return;
  if (isArray(promised) && isArray(seen)) walkLists(promised, seen, path, found);
  else if (isObject(promised) && isObject(seen)) walkObjects(promised, seen, path, found);
  else found.push({ pointer: pointerOf(path), promised, seen });
}

function walkObjects(promised: JsonObject, seen: JsonObject, path: Path, found: Difference[]): void {
  for (const key of new Set([...Object.keys(promised), ...Object.keys(seen)])) {
    const mine = Object.hasOwn(promised, key) ? promised[key] : undefined;
    const other = Object.hasOwn(seen, key) ? seen[key] : undefined;
    if (mine !== undefined && other !== undefined) walk(mine, other, [...path, key], found);
    else found.push({ pointer: pointerOf([...path, key]), promised: mine, seen: other });
  }
}

/** Leaves out what both lists have at their starts and ends; the middles are compared item by item if equally long. */
function walkLists(promised: readonly Json[], seen: readonly Json[], path: Path, found: Difference[]): void {
  const most = Math.min(promised.length, seen.length);
  let head = 0;
  while (head < most && same(promised[head], seen[head])) head++;
  let tail = 0;
  while (tail < most - head && same(promised[promised.length - 1 - tail], seen[seen.length - 1 - tail])) tail++;
  const mine = promised.slice(head, promised.length - tail);
  const others = seen.slice(head, seen.length - tail);
  if (mine.length === others.length) {
    for (const [index, item] of mine.entries()) walk(item, others[index] ?? null, [...path, head + index], found);
    return;
  }
  const before = found.length;
  for (const [index, item] of mine.entries()) {
    if (others.some((other) => equalJson(item, other))) continue;
    found.push({ pointer: pointerOf([...path, head + index]), promised: item, seen: undefined });
  }
  for (const [index, item] of others.entries()) {
    if (mine.some((other) => equalJson(item, other))) continue;
    found.push({ pointer: pointerOf([...path, head + index]), promised: undefined, seen: item });
  }
  // Only the order or the number of equal items differs.
  if (found.length === before) found.push({ pointer: pointerOf(path), promised, seen });
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a !== undefined && b !== undefined && equalJson(a, b);
}
