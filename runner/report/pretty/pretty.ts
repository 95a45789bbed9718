/** The reporter `pretty`: for people. */
import type { CheckEvent, EndEvent, Event, StaleEvent } from "../../../src/suite/event.ts";
import type { Reporter, ReportStyle } from "../reporter.ts";
import { failures } from "./failures.ts";
import { knownFailures, skips, staleEntries } from "./grouped.ts";
import { conclusion, summary } from "./summary.ts";

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
  let end: EndEvent | undefined;
  for (const event of events) {
    if (event.type === "check") checks.push(event);
    else if (event.type === "stale") stale.push(event);
    else if (event.type === "end") end = event;
  }
  const red = checks.filter(({ verdict, known }) => known === undefined && (verdict === "fail" || verdict === "error"));
  const parts: (string | undefined)[] = [...failures(red, style), staleEntries(stale, style)];
  if (!style.quiet) {
    parts.push(
      knownFailures(
        checks.filter((each) => each.known !== undefined),
        style,
      ),
      skips(
        checks.filter((each) => each.verdict === "skip"),
        style,
      ),
      end === undefined ? undefined : summary(checks, end, style),
    );
  } else if (end !== undefined && end.exit !== 0) {
    parts.push(conclusion(end, style));
  }
  const shown = parts.filter((part) => part !== undefined);
  return shown.length === 0 ? "" : `${shown.join("\n\n")}\n`;
}
