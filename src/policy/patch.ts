/** How a mutant changes a config: removals, settings and additions, said without the rules' code. */
import { equalJson } from "../json/equal.ts";
import { isArray, isObject, type Json } from "../json/value.ts";

/**
 * One change. `at` is a JSON pointer; a segment `*` stands for every element of a list. `where` picks, of the elements of the
 * list at `at`, the objects with these members, and the change is done to each of them.
 * `remove` takes away what is at `at` (or the picked elements); `set` gives it a value (with `where`: merges members into
 * the picked elements); `add` appends to a list that may be missing.
 */
export interface Change {
  readonly op: "remove" | "set" | "add";
  readonly at: string;
  readonly where?: { readonly [key: string]: Json };
  readonly value?: Json;
}

/** `config` with all `changes` made, in order; the same value where none applies. */
export function applyPatch(config: Json, changes: readonly Change[]): Json {
  return changes.reduce((value, change) => walk(value, segments(change.at), change), config);
}

function segments(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function walk(value: Json | undefined, path: readonly string[], change: Change): Json {
  const [head, ...rest] = path;
  if (head === undefined) return atTarget(value, change);
  if (isArray(value)) {
    if (head === "*") return value.map((item) => walk(item, rest, change));
    const index = Number(head);
    if (!Number.isInteger(index) || index >= value.length) return value;
    if (rest.length === 0 && change.op === "remove" && change.where === undefined) return value.toSpliced(index, 1);
    return value.with(index, walk(value[index], rest, change));
  }
  if (value !== undefined && !isObject(value)) return value;
  const object = value ?? {};
  const known = Object.hasOwn(object, head) ? object[head] : undefined;
  if (change.op === "remove" && rest.length === 0 && change.where === undefined) {
    return Object.fromEntries(Object.entries(object).filter(([key]) => key !== head));
  }
  // Only what is added or set may make the way to itself.
  if (known === undefined && (change.op === "remove" || change.where !== undefined || rest.includes("*"))) return object;
  return { ...object, [head]: walk(known, rest, change) };
}

function atTarget(value: Json | undefined, { op, where, value: given = null }: Change): Json {
  if (op === "add") return [...(isArray(value) ? value : []), given];
  if (where === undefined) return op === "set" ? given : (value ?? null);
  if (!isArray(value)) return value ?? null;
  const picked = (item: Json): boolean =>
    isObject(item) && Object.entries(where).every(([key, wanted]) => equalJson(item[key] ?? null, wanted));
  if (op === "remove") return value.filter((item) => !picked(item));
  return value.map((item) => (picked(item) && isObject(item) && isObject(given) ? { ...item, ...given } : item));
}
