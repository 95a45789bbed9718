/**
 * A list of texts in a sentence, laid out as `Fmt.Dump.(list string)` does. The layout is OCaml's Format (stdlib/format.ml):
 * a box that opens after `[`, filled line by line, with a box of its own around each item.
 */
import { ocamlLiteral } from "./ocaml-literal.ts";

/** Format's default margin of 78 leaves this many characters to a line. */
const lineLength = 77;

/** No box opens further right; Format then breaks the line, although the blank before the item is already out. */
const lastBoxColumn = 68;

/** `before` and the list after it. `before` and the literals are ASCII, so that characters are columns. */
export function ocamlList(before: string, items: readonly string[]): string {
  const literals = items.map(ocamlLiteral);
  const oneLine = `${before}[${literals.join("; ")}]`;
  return oneLine.length <= lineLength ? oneLine : fill(`${before}[`, literals);
}

function fill(opening: string, literals: readonly string[]): string {
  const newLine = `\n${" ".repeat(opening.length)}`;
  let text = opening;
  let column = opening.length;
  for (const [index, literal] of literals.entries()) {
    const item = literal + (index === literals.length - 1 ? "]" : ";");
    const separator = index === 0 ? "" : separatorAt(column, item.length, newLine);
    text += separator + item;
    column = (separator.includes("\n") ? opening.length : column + separator.length) + item.length;
  }
  return text;
}

function separatorAt(column: number, length: number, newLine: string): string {
  if (column + 1 + length > lineLength) return newLine;
  return column + 1 > lastBoxColumn ? ` ${newLine}` : " ";
}
