/** White space as Rust's `str::trim` knows it. */

/** The Unicode property; JavaScript's own trim takes U+FEFF for white space and U+0085 not. */
const whiteSpace = /\p{White_Space}/u;

/** `text` without the white space at its ends. */
export function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text.charAt(start))) start++;
  while (end > start && isWhiteSpace(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function isWhiteSpace(character: string): boolean {
  // What prints in ASCII is told without the expression.
  return !(character > " " && character <= "~") && whiteSpace.test(character);
}
