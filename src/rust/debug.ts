/** Rust's Debug forms of text and of byte strings, which its error messages quote. */
import { decodeUtf8 } from "../bytes/utf8.ts";
import { findUtf8Error } from "./utf8.ts";

/** Debug of `str` and of `Path`: in double quotes, with what does not print escaped. */
export function debugText(text: string): string {
  return `"${text.replace(special, (character) => escapes[character] ?? unicodeEscape(character))}"`;
}

/**
 * Debug of bstr's byte string: as {@link debugText}, but single quotes are escaped as well, each byte that is no part of
 * valid UTF-8 is `\x..`, and so are the ASCII controls without a name, 1a to 1f excepted.
 */
export function debugBytes(bytes: Uint8Array): string {
  let text = "";
  for (let rest = bytes; rest.length > 0; ) {
    const error = findUtf8Error(rest);
    const valid = error?.validUpTo ?? rest.length;
    const end = error === undefined ? valid : valid + (error.errorLength ?? rest.length - valid);
    text += decodeUtf8(rest.subarray(0, valid)).replace(specialInBytes, (character) => {
      return byteEscapes[character] ?? (isBareControl(character) ? byteEscape(character) : unicodeEscape(character));
    });
    for (const byte of rest.subarray(valid, end)) text += byteEscape(String.fromCharCode(byte));
    rest = rest.subarray(end);
  }
  return `"${text}"`;
}

/** What does not print: controls, formats, unassigned and private characters, separators, combining marks. */
const unprintable = "\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Grapheme_Extend}";
/** All space separators but U+0020 itself. */
const spaces = "\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000";

const special = new RegExp(`["\\\\${unprintable}${spaces}]`, "gu");
const specialInBytes = new RegExp(`['"\\\\${unprintable}${spaces}]`, "gu");

const escapes: { readonly [character: string]: string } = {
  "\0": "\\0",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};
const byteEscapes: { readonly [character: string]: string } = { ...escapes, "'": "\\'" };

function isBareControl(character: string): boolean {
  return character === "\x7f" || character < "\x1a";
}

function byteEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function unicodeEscape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
