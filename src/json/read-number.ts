/** Reads one JSON number. */
import type { Reader } from "./reader.ts";

/** Turning digits into an integer and back takes more than linear time; nothing real needs as many as this. */
const MOST_DIGITS = 4096;

/**
 * The number that starts at the reader's place; leaves the reader behind it. An integer of any size (up to 4096 digits) is exact, a
 * number with a fraction or an exponent is the nearest double.
 */
export function readNumber(reader: Reader): number | bigint {
  const { text } = reader;
  const start = reader.at;
  if (text.charCodeAt(reader.at) === 0x2d) reader.at++;
  const first = reader.at;
  digits(reader);
  if (text.charCodeAt(first) === 0x30 && reader.at > first + 1) {
    reader.at = first + 1;
    reader.expected("no digit after a leading 0");
  }
  const count = reader.at - first;
  if (count > MOST_DIGITS) {
    reader.at = start;
    reader.fail("json-number-range", `the number has ${count} digits; expected at most ${MOST_DIGITS}`);
  }
  const next = text.charCodeAt(reader.at);
  if (next !== 0x2e && (next | 0x20) !== 0x65) return integer(text.slice(start, reader.at), count);
  if (next === 0x2e) {
    reader.at++;
    digits(reader);
  }
  if ((text.charCodeAt(reader.at) | 0x20) === 0x65) {
    reader.at++;
    const sign = text.charCodeAt(reader.at);
    if (sign === 0x2b || sign === 0x2d) reader.at++;
    digits(reader);
  }
  const value = Number(text.slice(start, reader.at));
  if (!Number.isFinite(value)) {
    reader.at = start;
    reader.fail("json-number-range", "the number does not fit a double; expected less than 1.8e308");
  }
  return value === 0 ? 0 : value;
}

/** Skips digits, at least one. */
function digits(reader: Reader): void {
  const start = reader.at;
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (!(code >= 0x30 && code <= 0x39)) break;
    reader.at++;
  }
  if (reader.at === start) reader.expected("a digit");
}

function integer(digits: string, count: number): number | bigint {
  const value = Number(digits);
  if (count <= 15 || Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  return BigInt(digits);
}
