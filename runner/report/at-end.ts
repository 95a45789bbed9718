/** A reporter that writes once, when all is known. */
import type { Event } from "../../src/suite/event.ts";
import type { MakeReporter, ReportStyle } from "./reporter.ts";

/** Makes a reporter of `text`, a pure function of the events. */
export function atEnd(text: (events: readonly Event[], style: ReportStyle) => string): MakeReporter {
  return (write, style) => {
    const events: Event[] = [];
    return {
      event: (event) => {
        events.push(event);
      },
      end: () => write(text(events, style)),
    };
  };
}
