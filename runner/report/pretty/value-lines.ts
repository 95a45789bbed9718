/** Shows a JSON value in a report. */
import { printCompact, printJson } from "../../../src/json/print.ts";
import type { Json } from "../../../src/json/value.ts";
import { printable } from "../../../src/suite/printable.ts";
import { displayWidth } from "../../terminal/display-width.ts";

const most = 14;

/** `value` on one line when it fits into `columns`, else one line for each part, at most a screenful of them. */
export function valueLines(value: Json, columns: number): readonly string[] {
  const line = printable(printCompact(value));
  if (displayWidth(line) <= columns || typeof value !== "object" || value === null) return [line];
  const lines = printJson(value).trimEnd().split("\n");
  const shown = lines.slice(0, most).map(printable);
  return lines.length <= most ? shown : [...shown, `… ${lines.length - most} more lines`];
}
