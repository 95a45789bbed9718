/** Makes foreign text safe to show. */

/**
 * What can do more than be read: control characters, line and paragraph separators, what changes the direction of text,
 * invisible characters, and halves of surrogate pairs.
 */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

const short: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/**
 * `text` on one line: what could move the cursor, colour, hide or reorder text is escaped as in JSON, and so is the
 * start of what a CI system takes for a command (`::error::`, `##[group]`, `##vso[…]`, `##teamcity[…]`).
 */
export function printable(text: string): string {
  return text
    .replace(unsafe, (character) => short.get(character) ?? escapeOf(character))
    .replace(/^(\s*):(?=:)/u, "$1\\u003a")
    .replace(/##(?=[a-z]*\[)/giu, "#\\u0023");
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
