/** What was not judged, or failed as expected, by its reason. */
import type { CheckEvent, StaleEvent } from "../../../src/suite/event.ts";
import { printable } from "../../../src/suite/printable.ts";
import { groupBy } from "../../group-by.ts";
import { paintFor } from "../../terminal/paint.ts";
import { wrap } from "../../terminal/wrap.ts";
import type { ReportStyle } from "../reporter.ts";

/** Skipped checks by reason, the most frequent first. Undefined when there are none. */
export function skips(checks: readonly CheckEvent[], style: ReportStyle): string | undefined {
  return grouped("Skipped", checks, ({ reason }) => reason ?? "without a reason", style);
}

/** Known failures by kind and reason, the most frequent first. Undefined when there are none. */
export function knownFailures(checks: readonly CheckEvent[], style: ReportStyle): string | undefined {
  return grouped("Known failures", checks, ({ known }) => `${known?.kind}: ${known?.reason}`, style);
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

function grouped(
  title: string,
  checks: readonly CheckEvent[],
  keyOf: (check: CheckEvent) => string,
  style: ReportStyle,
): string | undefined {
  if (checks.length === 0) return undefined;
  const groups = [...groupBy(checks, keyOf)].sort((a, b) => b[1].length - a[1].length);
  const width = String(checks.length).length;
  const lines = groups.map(([key, members]) => {
    const count = String(members.length).padStart(width);
    return wrap(printable(key), style.columns, `  ${count}  `, " ".repeat(width + 4));
  });
  return [paintFor(style.color).bold(title), ...lines].join("\n");
}
