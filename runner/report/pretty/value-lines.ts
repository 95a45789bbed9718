/** Shows a JSON value in a report. */
import { printCompact } from "../../../src/json/print.ts";
import { isArray, isObject, type Json } from "../../../src/json/value.ts";
import { printable } from "../../../src/suite/printable.ts";
import { displayWidth } from "../../terminal/display-width.ts";

const most = 14;

/** `value` on as few lines as fit into `columns`: each part that fits stands on one. At most a screenful of them. */
export function valueLines(value: Json, columns: number): readonly string[] {
  const lines = linesOf(value, columns, "", "");
  return lines.length <= most ? lines : [...lines.slice(0, most), `… ${lines.length - most} more lines`];
}

function linesOf(value: Json, columns: number, before: string, after: string): readonly string[] {
  const line = before + printable(printCompact(value)) + after;
  if (displayWidth(line) <= columns || typeof value !== "object" || value === null) return [line];
  const indent = " ".repeat(before.length - before.trimStart().length + 2);
  const [open, close] = isArray(value) ? "[]" : "{}";
  const parts = isArray(value)
    ? value.map((item) => [item, indent] as const)
    : members(value).map(([key, item]) => [item, `${indent}${printable(JSON.stringify(key))}: `] as const);
  const inner = parts.flatMap(([item, start], index) =>
    linesOf(item, columns, start, index === parts.length - 1 ? "" : ","),
  );
  return [`${before}${open}`, ...inner, `${indent.slice(2)}${close}${after}`];
}

function members(value: Json): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value) : [];
}
