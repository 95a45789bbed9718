/** Numbers as Rust's `str::parse::<u32>` reads them. */

/** Why a text is no u32, in Rust's words. */
export type ParseFault =
  | "cannot parse integer from empty string"
  | "invalid digit found in string"
  | "number too large to fit in target type";

const most = 4294967295;

/**
 * The number, or why `text` is none. One plus sign and leading zeros are fine. The fault is the first one met from the left,
 * so a number that is too long already is too large whatever follows.
 */
export function parseU32(text: string): number | ParseFault {
  if (text === "") return "cannot parse integer from empty string";
  const first = text.startsWith("+") ? 1 : 0;
  if (first === text.length) return "invalid digit found in string";
  let value = 0;
  for (let at = first; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return "invalid digit found in string";
    value = value * 10 + digit;
    if (value > most) return "number too large to fit in target type";
  }
  return value;
}
