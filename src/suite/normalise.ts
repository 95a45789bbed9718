/** Sorts the lists whose order upstream leaves to chance. */
import { printJson } from "../json/print.ts";
import { isArray, isObject, type Json } from "../json/value.ts";

/**
 * `value` with each list that one of `pointers` names sorted by the canonical text of its items. A `*` in a pointer
 * stands for every key or position; a pointer that leads to no list changes nothing.
 */
export function normalise(value: Json, pointers: readonly string[]): Json {
  return pointers.reduce((sorted, pointer) => sortAt(sorted, partsOf(pointer), 0), value);
}

function partsOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function sortAt(value: Json, parts: readonly string[], depth: number): Json {
  const part = parts[depth];
  if (part === undefined) return isArray(value) ? sorted(value) : value;
  if (isArray(value)) {
    return value.map((item, index) => (part === "*" || part === `${index}` ? sortAt(item, parts, depth + 1) : item));
  }
  if (!isObject(value)) return value;
  const copy: { [key: string]: Json } = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    copy[key] = part === "*" || part === key ? sortAt(item, parts, depth + 1) : item;
  }
  return copy;
}

function sorted(list: readonly Json[]): readonly Json[] {
  const printed = list.map((item) => ({ item, text: printJson(item) }));
  printed.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return printed.map(({ item }) => item);
}
