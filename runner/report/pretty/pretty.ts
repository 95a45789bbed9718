/** The reporter `pretty`: for people. */
import type { CheckEvent, EndEvent, Event, StaleEvent, StartEvent } from "../../../src/suite/event.ts";
import type { Reporter, ReportStyle } from "../reporter.ts";
import { failures } from "./failures.ts";
import { knownFailures, skips, staleEntries } from "./grouped.ts";
import { conclusion, summary } from "./summary.ts";

const nothingToRun = 'None of the selected cases has "run", so there is nothing to execute; cupel check judges them.';

/** Writes the text of {@link prettyText} at the end. */
export function pretty(write: (text: string) => void, style: ReportStyle): Reporter {
  const events: Event[] = [];
  return {
    event: (event) => {
      events.push(event);
    },
    end: () => {
      const text = prettyText(events, style);
      if (text !== "") write(text);
    },
  };
}

/** Failures, stale entries, known failures, skips, one summary. When `quiet`, only what went wrong; nothing when nothing did. */
export function prettyText(events: readonly Event[], style: ReportStyle): string {
  const checks: CheckEvent[] = [];
  const stale: StaleEvent[] = [];
  let start: StartEvent | undefined;
  let end: EndEvent | undefined;
  const order = new Map<string, number>();
  for (const event of events) {
    if (event.type === "start") start = event;
    else if (event.type === "schedule") for (const id of event.checks) order.set(id, order.size);
    else if (event.type === "check") checks.push(event);
    else if (event.type === "stale") stale.push(event);
    else if (event.type === "end") end = event;
  }
  // Cells run side by side and end in any order; a report has the order of the table.
  const rank = ({ id }: CheckEvent): number => order.get(id) ?? order.size;
  checks.sort((a, b) => rank(a) - rank(b));
  const red = checks.filter(({ verdict, known }) => known === undefined && (verdict === "fail" || verdict === "error"));
  const skipped = checks.filter(({ verdict }) => verdict === "skip");
  const parts: (string | undefined)[] = [...failures(red, style), staleEntries(stale, style)];
  if (!style.quiet) {
    parts.push(
      knownFailures(
        checks.filter((each) => each.known !== undefined),
        style,
      ),
      skips(skipped, style),
      end === undefined ? undefined : summary(checks, end, style),
    );
  } else if (end !== undefined && end.exit !== 0) {
    // That nothing was judged went wrong: why stands in the skips.
    if (end.exit === 4) parts.push(skips(skipped, style));
    parts.push(conclusion(end, style));
  }
  if (start?.command === "run" && checks.length === 0) parts.unshift(nothingToRun);
  const shown = parts.filter((part) => part !== undefined);
  return shown.length === 0 ? "" : `${shown.join("\n\n")}\n`;
}
