/** A labelled entry of a report. */
import { wrap } from "../../terminal/wrap.ts";

const width = 10;

/** `label` and `lines` beside it, indented. */
export function labelled(label: string, lines: readonly string[]): string {
  return lines.map((line, index) => `      ${(index === 0 ? label : "").padEnd(width)}${line}`.trimEnd()).join("\n");
}

/** `label` and running text beside it, broken to `columns`. */
export function labelledText(label: string, text: string, columns: number): string {
  return wrap(text, columns, `      ${label.padEnd(width)}`, " ".repeat(6 + width));
}

/** Columns that are left for what stands beside a label. */
export function besideLabel(columns: number): number {
  return Math.max(20, columns - 6 - width);
}
