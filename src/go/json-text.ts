/** JSON as Go's encoding/json writes it. */
import { isArray, type Json } from "../json/value.ts";

/**
 * The text of `value` on one line: members in their own order, integers of any size in full, texts escaped as Go 1.21 does
 * (HTML characters and the two line separators too; U+0008 and U+000C as \u00xx). No text has lone surrogates.
 */
export function jsonText(value: Json): string {
  if (typeof value === "string") return textOf(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${textOf(key)}:${jsonText(member)}`)
    .join(",")}}`;
}

const special = /[\u0000-\u001f"\\<>&\u2028\u2029]/g;

const short: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function textOf(text: string): string {
  return `"${text.replace(special, (character) => short.get(character) ?? unicodeEscape(character))}"`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
