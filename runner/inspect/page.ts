/** A page of `cupel explain`: headed parts. */
import { printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { printable } from "../../src/suite/printable.ts";
import { displayWidth, padEnd } from "../terminal/display-width.ts";
import type { Paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";

/** How a page is set. */
export interface PageStyle {
  readonly paint: Paint;
  readonly columns: number;
  /** The value of --cases, which commands to try need as well. */
  readonly again: string | undefined;
  /** The directory of the table, as a command started here would name it: "" or with a slash at the end. */
  readonly tableAt: string;
}

/** A heading and indented lines. Lines are already safe to show. */
export function part(title: string, lines: readonly string[], { paint }: PageStyle): string {
  return [paint.bold(title), ...lines.map((line) => (line === "" ? "" : `  ${line}`))].join("\n");
}

/** Running text, broken to the width of the page; each line of `text` is a paragraph. */
export function text(paragraphs: string, { columns }: PageStyle): readonly string[] {
  return paragraphs
    .split("\n")
    .flatMap((each) => wrap(printable(each), Math.min(columns, 100) - 2, "", "").split("\n"));
}

/** A JSON document, canonically. */
export function document(value: Json): readonly string[] {
  return printJson(value).trimEnd().split("\n").map(printable);
}

/** Terms with what they mean, in two columns; a meaning that does not fit goes below its term. */
export function table(
  rows: readonly (readonly [term: string, meaning: string])[],
  style: PageStyle,
): readonly string[] {
  const shown = rows.map(([term, meaning]) => [printable(term), printable(meaning)] as const);
  const width = Math.min(44, Math.max(0, ...shown.map(([term]) => displayWidth(term))));
  return shown.flatMap(([term, meaning]) => {
    const line = `${padEnd(term, width)}  ${meaning}`;
    const fits = displayWidth(term) <= width && displayWidth(line) <= style.columns - 2;
    return fits ? [line] : [term, ...wrap(meaning, style.columns - 2, "    ", "    ").split("\n")];
  });
}
