/** Breaks text into lines that fit a width. */
import { displayWidth } from "./display-width.ts";

/**
 * `text` as lines of at most `columns` characters, the first after `first`, the others after `rest` (indentation).
 * Breaks at spaces; a word longer than a line stands alone and whole, so that it can still be copied.
 */
export function wrap(text: string, columns: number, first: string, rest: string): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && displayWidth(line) + 1 + displayWidth(word) > columns) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines.join("\n");
}
