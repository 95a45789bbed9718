/** Finds where in a JSON text a value stands, for error messages. */
import { pointerOf } from "../json/pointer.ts";
import { readString } from "../json/read-string.ts";
import { Reader } from "../json/reader.ts";
import type { FormatPlace } from "./format-error.ts";

/** Deeper than any text that our reader accepts. */
const DEPTH = 4096;

/**
 * The place of the value that `parts` (object keys and list positions) lead to; for a member of an object, the place of
 * its key; for what is not there, the place of what should hold it. `text` must be JSON.
 */
export function locate(text: string, parts: readonly (string | number)[]): FormatPlace {
  const reader = new Reader(text, DEPTH);
  reader.space();
  let start = reader.at;
  for (const part of parts) {
    const found = typeof part === "number" ? stepToItem(reader, part) : stepToMember(reader, part);
    if (found === undefined) break;
    start = found;
  }
  const before = text.slice(0, start).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, pointer: pointerOf(parts) };
}

/** Leaves the reader at the value of `key`; gives the place of the key. */
function stepToMember(reader: Reader, key: string): number | undefined {
  if (!opens(reader, "{")) return undefined;
  for (;;) {
    reader.space();
    if (reader.text[reader.at] === "}") return undefined;
    const start = reader.at;
    const name = readString(reader);
    reader.space();
    reader.at++;
    if (name === key) return start;
    if (!skip(reader)) return undefined;
  }
}

/** Leaves the reader at the item; gives its place. */
function stepToItem(reader: Reader, position: number): number | undefined {
  if (!opens(reader, "[")) return undefined;
  for (let index = 0; index < position; index++) {
    if (!skip(reader)) return undefined;
  }
  reader.space();
  return reader.text[reader.at] === "]" ? undefined : reader.at;
}

function opens(reader: Reader, bracket: string): boolean {
  reader.space();
  if (reader.text[reader.at] !== bracket) return false;
  reader.at++;
  return true;
}

/** Skips a value and the comma behind it; false when there is no comma. */
function skip(reader: Reader): boolean {
  reader.value();
  reader.space();
  if (reader.text[reader.at] !== ",") return false;
  reader.at++;
  return true;
}
