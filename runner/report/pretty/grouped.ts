/** What was not judged, or failed as expected, by its reason. */
import type { CheckEvent, StaleEvent } from "../../../src/suite/event.ts";
import { printable } from "../../../src/suite/printable.ts";
import { groupBy } from "../../group-by.ts";
import { paintFor } from "../../terminal/paint.ts";
import { wrap } from "../../terminal/wrap.ts";
import { deviationReason } from "../digest.ts";
import type { ReportStyle } from "../reporter.ts";

/** Without --verbose, so many reasons are told. */
const mostReasons = 6;

/**
 * Skipped checks by reason, the most frequent first. Unless the style is verbose, reasons that are no news take one line
 * together. Undefined when there are none.
 */
export function skips(checks: readonly CheckEvent[], style: ReportStyle): string | undefined {
  const reasonOf = ({ reason }: CheckEvent): string => reason ?? "without a reason";
  return grouped("Skipped", checks, (check) => (style.verbose ? undefined : kindOf(check)) ?? reasonOf(check), style);
}

/** Cases in which we are not like upstream on purpose, by reason. Undefined when there are none. */
export function deviations(checks: readonly CheckEvent[], style: ReportStyle): string | undefined {
  return grouped("Deviations from upstream, on purpose", checks, deviationReason, style);
}

/** Known failures by kind and reason (its first sentence unless verbose), the most frequent first. Undefined when there are none. */
export function knownFailures(checks: readonly CheckEvent[], style: ReportStyle): string | undefined {
  const reasonOf = ({ known }: CheckEvent): string => {
    const reason = known?.reason ?? "";
    return `${known?.kind}: ${style.verbose ? reason : reason.replace(/([.!?]) .*$/s, "$1")}`;
  };
  return grouped("Known failures", checks, reasonOf, style);
}

/** Baseline entries that no longer apply. Undefined when there are none. */
export function staleEntries(entries: readonly StaleEvent[], style: ReportStyle): string | undefined {
  if (entries.length === 0) return undefined;
  const paint = paintFor(style.color);
  const lines = entries.map(({ file, entry, check }) => {
    const text = `${printable(file)}, entry ${entry} (${printable(check)}): what it expects to fail has passed; delete it`;
    return wrap(text, style.columns, `  ${paint.red("STALE")} `, "        ");
  });
  return [paint.bold("Stale baseline entries"), ...lines].join("\n");
}

/** A skip that follows from something else that is told, or from the machine; undefined for one whose reason is news. */
function kindOf({ code, reason }: CheckEvent): string | undefined {
  if (code === "not-observable") return "not observable: here is nothing that could show it (--verbose says what)";
  if (code === "blocked" || reason?.startsWith("blocked by ") === true) return "blocked by a check that failed";
  return undefined;
}

function grouped(
  title: string,
  checks: readonly CheckEvent[],
  keyOf: (check: CheckEvent) => string,
  style: ReportStyle,
): string | undefined {
  if (checks.length === 0) return undefined;
  const groups = [...groupBy(checks, keyOf)].sort((a, b) => b[1].length - a[1].length);
  const told = style.verbose || groups.length <= mostReasons ? groups : groups.slice(0, mostReasons - 1);
  const rest = groups.slice(told.length);
  const width = String(checks.length).length;
  const line = (count: number, text: string): string =>
    wrap(text, style.columns, `  ${String(count).padStart(width)}  `, " ".repeat(width + 4));
  const lines = told.map(([key, members]) => line(members.length, printable(key)));
  if (rest.length > 0) {
    const count = rest.reduce((sum, [, members]) => sum + members.length, 0);
    lines.push(line(count, `for ${rest.length} other reasons (--verbose tells them)`));
  }
  return [paintFor(style.color).bold(title), ...lines].join("\n");
}
