/** The reporter `tap`: Test Anything Protocol, version 14. */
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { printable } from "../../src/suite/printable.ts";
import { atEnd } from "./at-end.ts";
import { detailsOf } from "./details.ts";
import { digest, knownReason } from "./digest.ts";
import type { MakeReporter, ReportStyle } from "./reporter.ts";

/** Writes {@link tapText} at the end. */
export const tap: MakeReporter = atEnd(tapText);

/**
 * One test point for each check, in the order of the schedule; known failures have the directive `todo`. Stale entries of
 * baselines follow as points of their own that failed. A run that was cut off ends with `Bail out!`.
 */
export function tapText(events: readonly Event[], style: ReportStyle): string {
  const { checks, stale, end } = digest(events);
  const points = [
    ...checks.map((check) => (number: number) => point(check, number, style)),
    ...stale.map(({ file, entry, check }) => (number: number) => [
      `not ok ${number} - ${description(`stale baseline entry ${entry} of ${file} (${check})`)}`,
    ]),
  ];
  const lines = points.flatMap((write, index) => write(index + 1));
  const plan = points.length === 0 ? "1..0 # SKIP nothing was judged" : `1..${points.length}`;
  const cut = end === undefined ? ["Bail out! The run was cut off."] : [];
  return `${["TAP version 14", plan, ...lines, ...cut].join("\n")}\n`;
}

function point(check: CheckEvent, number: number, style: ReportStyle): readonly string[] {
  const { id, verdict, reason = "" } = check;
  const bare = `${number} - ${description(id)}`;
  if (verdict === "pass") return [`ok ${bare}`];
  if (verdict === "skip") return [`ok ${bare} # SKIP ${description(reason)}`];
  const known = check.known === undefined ? "" : ` # todo ${description(knownReason(check))}`;
  return [`not ok ${bare}${known}`, "  ---", `  verdict: ${verdict}`, ...diagnostics(check, style), "  ..."];
}

/** YAML whose scalars are all JSON strings, which YAML reads as they are. */
function diagnostics(check: CheckEvent, style: ReportStyle): readonly string[] {
  return detailsOf(check, style).flatMap(({ label, lines: [first = "", ...rest] }) =>
    rest.length === 0
      ? [`  ${label}: ${JSON.stringify(first)}`]
      : [`  ${label}:`, ...[first, ...rest].map((line) => `    - ${JSON.stringify(line)}`)],
  );
}

/** A hash would begin a directive. */
function description(text: string): string {
  return printable(text).replaceAll("\\", "\\\\").replaceAll("#", "\\#");
}
