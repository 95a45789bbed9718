/** The one block at the end: counts by layer and runtime, the time, and what the exit code means. */
import type { CheckEvent, EndEvent } from "../../../src/suite/event.ts";
import { printable } from "../../../src/suite/printable.ts";
import { type Paint, paintFor, type Style } from "../../terminal/paint.ts";
import { type Column, columnOf, columns, countsIn, meaning, rowsOf } from "../digest.ts";
import type { ReportStyle } from "../reporter.ts";

/** The block. `end` is the last event of the run. */
export function summary(checks: readonly CheckEvent[], end: EndEvent, style: ReportStyle): string {
  const paint = paintFor(style.color);
  const deviating = checks.filter((check) => columnOf(check) === "deviates").length;
  const lines = [...table(checks, paint), conclusion(end, deviating, style)];
  return lines.join("\n");
}

/** The last two lines of the block: all counts, of which `deviating` skips, and the exit code in words. */
export function conclusion(end: EndEvent, deviating: number, style: ReportStyle): string {
  const paint = paintFor(style.color);
  const counts = countsIn(end, deviating).map(({ kind, text }) => styleOf(kind, paint)(text));
  const time = style.elapsed === undefined ? "" : ` in ${(style.elapsed() / 1000).toFixed(1)} s`;
  const exit = `exit ${end.exit}: ${meaning(end)}`;
  return [
    `${counts.length === 0 ? "nothing was judged" : counts.join(", ")}${time}`,
    end.exit === 0 ? paint.green(exit) : paint.red(exit),
  ].join("\n");
}

function table(checks: readonly CheckEvent[], paint: Paint): readonly string[] {
  if (checks.length === 0) return [];
  const rows = rowsOf(checks).map(({ name, counts }) => ({ name: printable(name), counts }));
  const used = columns.filter((column) => rows.some(({ counts }) => counts[column] > 0));
  const first = Math.max(...rows.map(({ name }) => name.length));
  const width = Math.max(5, String(checks.length).length);
  const head = `${" ".repeat(first)}${used.map((each) => `  ${each.padStart(width)}`).join("")}`;
  const body = rows.map(({ name, counts }) => {
    const cells = used.map((column) => {
      const count = counts[column];
      return `  ${count === 0 ? " ".repeat(width) : styleOf(column, paint)(String(count).padStart(width))}`;
    });
    return `${name.padEnd(first)}${cells.join("")}`.trimEnd();
  });
  return [paint.dim(head), ...body, ""];
}

function styleOf(column: Column | "stale", paint: Paint): Style {
  if (column === "pass") return paint.green;
  if (column === "fail" || column === "stale") return paint.red;
  return column === "skip" ? paint.dim : paint.yellow;
}
