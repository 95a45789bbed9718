/** The one block at the end: counts by layer and runtime, the time, and what the exit code means. */
import type { CheckEvent, Counts, EndEvent } from "../../../src/suite/event.ts";
import { printable } from "../../../src/suite/printable.ts";
import { groupBy } from "../../group-by.ts";
import { type Paint, paintFor, type Style } from "../../terminal/paint.ts";
import { checkParts } from "../check-id.ts";
import type { ReportStyle } from "../reporter.ts";

type Column = "pass" | "fail" | "error" | "known" | "skip";

const columns: readonly Column[] = ["pass", "fail", "error", "known", "skip"];

const words: { readonly [column in Column | "stale"]: string } = {
  fail: "failed",
  error: "broken",
  stale: "stale",
  known: "known",
  skip: "skipped",
  pass: "passed",
};

/** The block. `end` is the last event of the run. */
export function summary(checks: readonly CheckEvent[], end: EndEvent, style: ReportStyle): string {
  const paint = paintFor(style.color);
  const lines = [...table(checks, paint), conclusion(end, style)];
  return lines.join("\n");
}

/** The last two lines of the block: all counts, and the exit code in words. */
export function conclusion(end: EndEvent, style: ReportStyle): string {
  const paint = paintFor(style.color);
  const order = ["fail", "error", "stale", "known", "skip", "pass"] as const;
  const counts = order
    .filter((each) => end.counts[each] > 0)
    .map((each) => styleOf(each, paint)(`${end.counts[each]} ${words[each]}`));
  const time = style.elapsed === undefined ? "" : ` in ${(style.elapsed() / 1000).toFixed(1)} s`;
  const exit = `exit ${end.exit}: ${meaning(end)}`;
  return [
    `${counts.length === 0 ? "nothing was judged" : counts.join(", ")}${time}`,
    end.exit === 0 ? paint.green(exit) : paint.red(exit),
  ].join("\n");
}

function table(checks: readonly CheckEvent[], paint: Paint): readonly string[] {
  if (checks.length === 0) return [];
  const rows = [...groupBy(checks, rowOf)];
  const used = columns.filter((column) => checks.some((check) => columnOf(check) === column));
  const first = Math.max(...rows.map(([name]) => name.length));
  const width = Math.max(5, String(checks.length).length);
  const head = `${" ".repeat(first)}${used.map((each) => `  ${each.padStart(width)}`).join("")}`;
  const body = rows.map(([name, ofRow]) => {
    const cells = used.map((column) => {
      const count = ofRow.filter((check) => columnOf(check) === column).length;
      return `  ${count === 0 ? " ".repeat(width) : styleOf(column, paint)(String(count).padStart(width))}`;
    });
    return `${name.padEnd(first)}${cells.join("")}`.trimEnd();
  });
  return [paint.dim(head), ...body, ""];
}

function rowOf({ id }: CheckEvent): string {
  const { layer, runtime } = checkParts(id);
  return printable(runtime === undefined ? layer : `${layer} ${runtime}`);
}

function columnOf(check: CheckEvent): Column {
  return check.known === undefined ? check.verdict : "known";
}

function styleOf(column: Column | "stale", paint: Paint): Style {
  if (column === "pass") return paint.green;
  if (column === "fail" || column === "stale") return paint.red;
  return column === "skip" ? paint.dim : paint.yellow;
}

function meaning({ exit, counts }: EndEvent): string {
  if (exit === 0) return "clean";
  if (exit === 1) return ofRed(counts);
  if (exit === 3) return "something broke or was refused; that is no verdict";
  if (exit !== 4) return "wrong input";
  return counts.pass + counts.known === 0 ? "nothing was judged" : "something that --require names is missing";
}

function ofRed({ fail, stale }: Counts): string {
  if (fail === 0) return "a baseline entry is stale";
  return stale === 0 ? "a failure that nobody expected" : "a failure that nobody expected, and a stale baseline entry";
}
