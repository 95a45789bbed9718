/** White space as Go's package unicode has it. JavaScript's own differs: it knows U+FEFF and not U+0085. */

const space = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const blank = new RegExp(`[${space}]`);
const word = new RegExp(`[^${space}]+`, "g");

/** `text` without the white space at both ends (bytes.TrimSpace, strings.TrimSpace). */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** The words of `text`, split at white space (strings.Fields). */
export function fields(text: string): readonly string[] {
  return text.match(word) ?? [];
}
