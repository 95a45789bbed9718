/** Go's quoted form of a text, which its error messages hold. */
import { laterThanUnicode15 } from "./later-than-unicode-15.ts";

/**
 * strconv.Quote, which is also what fmt's %q gives: double quotes, with what does not print escaped. `text` has no lone
 * surrogates, so nothing of it is invalid UTF-8. As Go 1.21 has it, that is with Unicode 15.0, whatever the engine knows.
 */
export function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : `"${text.replace(special, escapeOf)}"`;
}

/** Nearly all texts. */
const plain = /^[ !#-[\]-~]*$/;

/** All but letters, marks, numbers, punctuation, symbols and U+0020; and the two characters that need a backslash. */
const special = new RegExp(`["\\\\${laterThanUnicode15}]|[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]`, "gu");

const named: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
]);

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = (count: number): string => code.toString(16).padStart(count, "0");
  if (code < 0x80) return named.get(character) ?? `\\x${digits(2)}`;
  return code > 0xffff ? `\\U${digits(8)}` : `\\u${digits(4)}`;
}
