/** How a mutant changes a config: removals, settings and additions, said without the rules' code. */
import { equalJson } from "../json/equal.ts";
import { isArray, isObject, type Json, type JsonObject } from "../json/value.ts";

/**
 * One change. `at` is a JSON pointer in which `*` stands for every element of a list or every member of an object. `where`
 * narrows the first `*` to the objects with these members; in a text of it `*` stands for any characters.
 *
 * - `remove` takes away what is at `at`; with `value` only what equals it.
 * - `set` puts `value` there: over what is there, or as a new member of an object that is.
 * - `add` appends `value` to the list there unless it has it, and makes the list where its object lacks it.
 */
export interface Change {
  readonly op: "remove" | "set" | "add";
  readonly at: string;
  readonly where?: { readonly [key: string]: Json };
  readonly value?: Json;
}

/** `config` with all `changes` made, in order; an equal value where none applies. */
export function applyPatch(config: Json, changes: readonly Change[]): Json {
  return changes.reduce(
    (value, change) => walk(value, segments(change.at), change, change.where !== undefined) ?? value,
    config,
  );
}

function segments(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value in the place of `value`, which is undefined where there is none; undefined for what is taken away. */
function walk(value: Json | undefined, path: readonly string[], change: Change, narrow: boolean): Json | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return atTarget(value, change);
  const step = (child: Json | undefined): Json | undefined =>
    head === "*" && narrow && !isMeant(child, change) ? child : walk(child, rest, change, narrow && head !== "*");
  if (isArray(value)) {
    const meant = (index: number): boolean => head === "*" || head === String(index);
    return value.flatMap((item, index): readonly Json[] => kept(meant(index) ? step(item) : item));
  }
  if (!isObject(value)) return value;
  const isNew = head !== "*" && rest.length === 0 && !Object.hasOwn(value, head);
  const members = isNew ? [...Object.entries(value), [head, undefined] as const] : Object.entries(value);
  return Object.fromEntries(
    members.flatMap(([key, member]): readonly (readonly [string, Json])[] => {
      const now = head === "*" || head === key ? step(member) : member;
      return now === undefined ? [] : [[key, now]];
    }),
  );
}

/** A list of one value or of none. */
function kept(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : [value];
}

function atTarget(value: Json | undefined, { op, value: given }: Change): Json | undefined {
  if (op === "set") return given ?? null;
  if (op === "add") return value === undefined || isArray(value) ? withItem(value ?? [], given ?? null) : value;
  return value === undefined || given === undefined || equalJson(value, given) ? undefined : value;
}

function withItem(list: readonly Json[], item: Json): readonly Json[] {
  return list.some((each) => equalJson(each, item)) ? list : [...list, item];
}

function isMeant(value: Json | undefined, { where = {} }: Change): boolean {
  return isObject(value) && Object.entries(where).every(([key, wanted]) => matches(memberOf(value, key), wanted));
}

function memberOf(value: JsonObject, key: string): Json {
  return (Object.hasOwn(value, key) ? value[key] : undefined) ?? null;
}

function matches(value: Json, wanted: Json): boolean {
  if (typeof value !== "string" || typeof wanted !== "string") return equalJson(value, wanted);
  const [first = "", ...others] = wanted.split("*");
  if (others.length === 0) return value === wanted;
  const last = others.pop() ?? "";
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}
