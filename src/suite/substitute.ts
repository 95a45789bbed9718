/** Puts host facts in the place of tokens, and explains what that changed in a generated config. */
import { equalJson } from "../json/equal.ts";
import { pointerOf } from "../json/pointer.ts";
import { isArray, isObject, type Json } from "../json/value.ts";
import { mapStrings } from "./map-strings.ts";

/**
 * Values by the token's name without braces: `{ cell: "/run/x", uid: 1000 }` for `{{cell}}` and `{{uid}}`. A list can only
 * take the place of a whole text.
 */
export interface Tokens {
  readonly [token: string]: string | number | readonly (string | number)[];
}

/** A place where the executed config differs from the golden for no reason that the substitution gives. */
export interface Unexplained {
  /** JSON pointer into both configs. */
  readonly pointer: string;
  /** Undefined: not there. */
  readonly golden: Json | undefined;
  readonly executed: Json | undefined;
}

/** One part of the request that the substitution changed. */
interface Change {
  readonly before: Json;
  readonly after: Json;
}

type Path = readonly (string | number)[];

/**
 * `value` with its tokens filled in. A string that is nothing but a token becomes the token's value with its type; a
 * token inside a longer string becomes text. Words in braces that are no token of `tokens` stay.
 */
export function fillTokens(value: Json, tokens: Tokens): Json {
  const fill = (text: string): Json => {
    if (!text.includes("{{")) return text;
    const whole = /^\{\{([a-z]+)\}\}$/.exec(text)?.[1];
    if (whole !== undefined && Object.hasOwn(tokens, whole)) return tokens[whole] ?? text;
    return text.replace(/\{\{([a-z]+)\}\}/g, (token, name: string) => {
      const value = Object.hasOwn(tokens, name) ? tokens[name] : undefined;
      return typeof value === "string" || typeof value === "number" ? String(value) : token;
    });
  };
  return mapStrings(value, fill);
}

/**
 * Where `executed` differs from `golden` in more than the request and options did, between `before` and `after`
 * substitution. A number or a whole string is explained by the same change of a number or string in the request; a
 * string also by changes inside of it; a list also by the change of an equal list.
 */
export function unexplained(golden: Json, executed: Json, before: Json, after: Json): readonly Unexplained[] {
  const changes: Change[] = [];
  collect(before, after, changes);
  const found: Unexplained[] = [];
  compare(golden, executed, [], changes, found);
  return found;
}

function collect(before: Json, after: Json, changes: Change[]): void {
  if (equalJson(before, after)) return;
  changes.push({ before, after });
  if (isArray(before) && isArray(after) && before.length === after.length) {
    for (const [index, item] of before.entries()) {
      const other = after[index];
      if (other !== undefined) collect(item, other, changes);
    }
  } else if (isObject(before) && isObject(after)) {
    for (const key of Object.keys(before)) {
      const item = before[key];
      const other = Object.hasOwn(after, key) ? after[key] : undefined;
      if (item !== undefined && other !== undefined) collect(item, other, changes);
    }
  }
}

function compare(golden: Json, executed: Json, path: Path, changes: readonly Change[], found: Unexplained[]): void {
  if (equalJson(golden, executed)) return;
  if (isArray(golden) && isArray(executed)) {
    if (isOneOf(changes, golden, executed)) return;
    if (golden.length === executed.length) {
      for (const [index, item] of golden.entries()) {
        compare(item, executed[index] ?? null, [...path, index], changes, found);
      }
      return;
    }
  } else if (isObject(golden) && isObject(executed)) {
    compareObjects(golden, executed, path, changes, found);
    return;
  } else if (isOneOf(changes, golden, executed) || explainsText(changes, golden, executed)) {
    return;
  }
  found.push({ pointer: pointerOf(path), golden, executed });
}

function compareObjects(
  golden: { readonly [key: string]: Json },
  executed: { readonly [key: string]: Json },
  path: Path,
  changes: readonly Change[],
  found: Unexplained[],
): void {
  for (const key of new Set([...Object.keys(golden), ...Object.keys(executed)])) {
    const mine = Object.hasOwn(golden, key) ? golden[key] : undefined;
    const other = Object.hasOwn(executed, key) ? executed[key] : undefined;
    if (mine !== undefined && other !== undefined) compare(mine, other, [...path, key], changes, found);
    else found.push({ pointer: pointerOf([...path, key]), golden: mine, executed: other });
  }
}

/** Booleans and null explain nothing: one switch of the request would allow every switch of the config. */
function isOneOf(changes: readonly Change[], golden: Json, executed: Json): boolean {
  if (typeof golden === "boolean" || golden === null) return false;
  return changes.some(({ before, after }) => equalJson(before, golden) && equalJson(after, executed));
}

/** Whether replacing some of the changed texts (at least two characters long) inside `golden` gives `executed`. */
function explainsText(changes: readonly Change[], golden: Json, executed: Json): boolean {
  if (typeof golden !== "string" || typeof executed !== "string") return false;
  const pairs: (readonly [string, string])[] = [];
  for (const { before, after } of changes) {
    if (isText(before) && isText(after) && String(before).length >= 2) pairs.push([String(before), String(after)]);
  }
  return reaches(golden, executed, pairs);
}

function isText(value: Json): value is string | number | bigint {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint";
}

/** Walks both texts from the left: at each place either one equal character or one replacement. */
function reaches(golden: string, executed: string, pairs: readonly (readonly [string, string])[]): boolean {
  const width = executed.length + 1;
  const seen = new Set<number>();
  const open: (readonly [number, number])[] = [[0, 0]];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const [from, to] = state;
    if (from === golden.length && to === executed.length) return true;
    const key = from * width + to;
    if (seen.has(key)) continue;
    seen.add(key);
    if (from < golden.length && golden[from] === executed[to]) open.push([from + 1, to + 1]);
    for (const [before, after] of pairs) {
      if (golden.startsWith(before, from) && executed.startsWith(after, to)) {
        open.push([from + before.length, to + after.length]);
      }
    }
  }
  return false;
}
