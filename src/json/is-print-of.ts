/** Compares a text with what a value would print, without printing it. */
import { isArray, type Json, type JsonObject } from "./value.ts";

/**
 * Whether `text` is the canonical text of `value`, as printJson gives it. False, too, where that takes more than a look:
 * a key with an escape, a number that is no small integer. A caller to whom that matters prints and compares.
 */
export function isPrintOf(text: string, value: Json): boolean {
  const end = follow(text, 0, value, ["\n"], 0);
  return end === text.length - 1 && text.charCodeAt(end) === newline;
}

const newline = 10;
/** What {@link follow} gives for a text that goes another way. */
const elsewhere = -1;

/** Where `value` ends that starts at `at`. `breaks`: line breaks with their indentation, by depth. */
function follow(text: string, at: number, value: Json, breaks: string[], depth: number): number {
  if (typeof value === "string")
    return plain.test(value) ? pass(text, at, '"', value, '"') : past(text, at, JSON.stringify(value));
  if (typeof value !== "object" || value === null) {
    if (typeof value === "number" && !Number.isSafeInteger(value)) return elsewhere;
    return past(text, at, String(value));
  }
  breaks[depth + 1] ??= `${breaks[depth]}  `;
  return isArray(value)
    ? followList(text, at, value, breaks, depth + 1)
    : followObject(text, at, value, breaks, depth + 1);
}

/** Strings and keys that are written as they are. */
const plain = /^[ !#-[\]-~]*$/;

function followList(text: string, start: number, list: readonly Json[], breaks: string[], depth: number): number {
  if (list.length === 0) return past(text, start, "[]");
  let at = start;
  for (let index = 0; index < list.length; index++) {
    at = pass(text, at, index === 0 ? "[" : ",", breaks[depth] ?? "", "");
    if (at !== elsewhere) at = follow(text, at, list[index] ?? null, breaks, depth);
    if (at === elsewhere) return elsewhere;
  }
  return pass(text, at, "", breaks[depth - 1] ?? "", "]");
}

/** The text says which key comes next; where all of them are ascending and the value's own, none is missing. */
function followObject(text: string, start: number, object: JsonObject, breaks: string[], depth: number): number {
  const count = Object.keys(object).length;
  if (count === 0) return past(text, start, "{}");
  let at = start;
  let before: string | undefined;
  for (let index = 0; index < count; index++) {
    at = pass(text, at, index === 0 ? "{" : ",", breaks[depth] ?? "", '"');
    if (at === elsewhere) return elsewhere;
    const end = text.indexOf('": ', at);
    const key = text.slice(at, end);
    const member = end < 0 || !plain.test(key) || !Object.hasOwn(object, key) ? undefined : object[key];
    if (member === undefined || (before !== undefined && before >= key)) return elsewhere;
    before = key;
    at = follow(text, end + 3, member, breaks, depth);
    if (at === elsewhere) return elsewhere;
  }
  return pass(text, at, "", breaks[depth - 1] ?? "", "}");
}

function past(text: string, at: number, part: string): number {
  return text.startsWith(part, at) ? at + part.length : elsewhere;
}

function pass(text: string, at: number, before: string, part: string, after: string): number {
  const middle = at + before.length;
  const end = middle + part.length;
  const isThere = text.startsWith(part, middle) && text.startsWith(before, at) && text.startsWith(after, end);
  return isThere ? end + after.length : elsewhere;
}
