/** How many columns of a terminal a text takes. */

/** East Asian wide and fullwidth characters and emoji (UAX 11, by blocks). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const noWidth = /\p{Mn}|\p{Me}|\p{Cf}/u;
const colorSequence = /\u001b\[[0-9;]*m/g;
const plain = /^[\u0020-\u007e]*$/;

/** Columns of `text`; colour sequences take none. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(colorSequence, "")) {
    width += noWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  }
  return width;
}

/** `text`, cut to `columns` with an ellipsis when it is longer. Meant for text without colour sequences. */
export function cut(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** `text` followed by spaces up to `columns`. */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}
