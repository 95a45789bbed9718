/** Numbers as Go's package strconv reads them. */
import { quote } from "./quote.ts";

/** What strconv.Atoi gives on a 64-bit machine: beyond the range the nearest number, for anything else than digits zero. */
export interface Parsed {
  readonly value: bigint;
  readonly problem?: "syntax" | "range";
}

const smallest = -(1n << 63n);
const largest = (1n << 63n) - 1n;

/** strconv.Atoi: an optional sign and decimal digits. The work is bounded by the length of `text`, whatever it says. */
export function atoi(text: string): Parsed {
  const [, sign, written] = /^([+-]?)([0-9]+)$/.exec(text) ?? [];
  if (written === undefined) return { value: 0n, problem: "syntax" };
  const digits = written.replace(/^0+(?=[0-9])/, "");
  const limit = sign === "-" ? smallest : largest;
  if (digits.length > 19) return { value: limit, problem: "range" };
  const value = sign === "-" ? -BigInt(digits) : BigInt(digits);
  return value < smallest || value > largest ? { value: limit, problem: "range" } : { value };
}

/**
 * strconv.ParseUint in base 10 for a number of 32 bits: the number, or the text of the error. Characters are looked at from
 * the left, and the first problem is the one named.
 */
export function parseUint32(text: string): { readonly value: number } | { readonly error: string } {
  const failed = (problem: string) => ({ error: `strconv.ParseUint: parsing ${quote(text)}: ${problem}` });
  if (text === "") return failed("invalid syntax");
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return failed("invalid syntax");
    value = value * 10 + digit;
    if (value > 0xffffffff) return failed("value out of range");
  }
  return { value };
}
