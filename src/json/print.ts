/** Prints JSON values: canonically for files that are compared, compactly for lines. */
import { isArray, type Json, type JsonObject } from "./value.ts";

/**
 * The canonical text: keys sorted by UTF-16 code unit, two spaces, empty lists and objects inline, strings escaped as
 * JSON.stringify does, integers of any size as digits, one final newline.
 * Throws TypeError for a number that is not finite (no JSON has one).
 */
export function printJson(value: Json): string {
  return `${pretty(value, "\n", sortedKeys)}\n`;
}

/** The text with two spaces, but keys in their own order and no final newline: JSON.stringify's, bigints included. Throws as {@link printJson}. */
export function printIndented(value: Json): string {
  return pretty(value, "\n", Object.keys);
}

/** The text on one line, without spaces and without a final newline, keys in their own order. Throws as {@link printJson}. */
export function printCompact(value: Json): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  let text = "";
  if (isArray(value)) {
    for (const item of value) text += text === "" ? printCompact(item) : `,${printCompact(item)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value)) {
    const member = `${quote(key)}:${printCompact(memberOf(value, key))}`;
    text += text === "" ? member : `,${member}`;
  }
  return `{${text}}`;
}

/** `newline` is the line break with the indentation of the line that holds the value. */
function pretty(value: Json, newline: string, keysOf: (object: JsonObject) => readonly string[]): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const inner = `${newline}  `;
  let text = "";
  if (isArray(value)) {
    for (const item of value) text += (text === "" ? inner : `,${inner}`) + pretty(item, inner, keysOf);
    return text === "" ? "[]" : `[${text}${newline}]`;
  }
  for (const key of keysOf(value)) {
    text += `${text === "" ? inner : `,${inner}`}${quote(key)}: ${pretty(memberOf(value, key), inner, keysOf)}`;
  }
  return text === "" ? "{}" : `{${text}${newline}}`;
}

function sortedKeys(object: JsonObject): readonly string[] {
  return Object.keys(object).sort();
}

function memberOf(value: JsonObject, key: string): Json {
  const member = value[key];
  if (member === undefined) throw new TypeError(`undefined is not a JSON value (key ${JSON.stringify(key)})`);
  return member;
}

function scalar(value: null | boolean | number | bigint | string): string {
  if (typeof value === "string") return quote(value);
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number`);
  // String() rounds the digits of an integer beyond 2^53; read back, that would be another integer.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21) return String(BigInt(value));
  return String(value);
}

/** Nearly all strings need no escape, and seeing that is faster than JSON.stringify. */
function quote(text: string): string {
  return /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}
