/** The reporter `pretty`: for people. */
import type { Event } from "../../../src/suite/event.ts";
import { digest } from "../digest.ts";
import type { Reporter, ReportStyle } from "../reporter.ts";
import { failures } from "./failures.ts";
import { deviations, knownFailures, skips, staleEntries } from "./grouped.ts";
import { conclusion, summary } from "./summary.ts";

const nothingToRun =
  'None of the selected cases has "run" and is of a system that the runtime takes, so there is nothing to execute; cupel check judges them.';

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
  const { start, end, checks, red, known, deviating, skipped, stale } = digest(events);
  const parts: (string | undefined)[] = [...failures(red, style), staleEntries(stale, style)];
  if (!style.quiet) {
    parts.push(
      knownFailures(known, style),
      deviations(deviating, style),
      skips(skipped, style),
      end === undefined ? undefined : summary(checks, end, style),
    );
  } else if (end !== undefined && end.exit !== 0) {
    // That nothing was judged went wrong: why stands in the skips.
    if (end.exit === 4) parts.push(skips(skipped, style));
    parts.push(conclusion(end, deviating.length, style));
  }
  if (start?.command === "run" && checks.length === 0) parts.unshift(nothingToRun);
  const shown = parts.filter((part) => part !== undefined);
  return shown.length === 0 ? "" : `${shown.join("\n\n")}\n`;
}
