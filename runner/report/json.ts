/** The reporter `json`: the whole run as one document. */
import { printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import type { Event } from "../../src/suite/event.ts";
import { eventJson } from "./event-json.ts";
import type { Reporter } from "./reporter.ts";

/** Writes the document of {@link jsonDocument} at the end. */
export function json(write: (text: string) => void): Reporter {
  const events: Event[] = [];
  return {
    event: (event) => {
      events.push(event);
    },
    end: () => write(printJson(jsonDocument(events))),
  };
}

/** `{ format, start, checks, cells, stale, end }`; the schedule is left out, for the checks are just those. */
export function jsonDocument(events: readonly Event[]): Json {
  const all = (type: Event["type"]): readonly Json[] => events.filter((each) => each.type === type).map(eventJson);
  return {
    format: 1,
    start: all("start")[0] ?? null,
    checks: all("check"),
    cells: all("cell"),
    stale: all("stale"),
    end: all("end")[0] ?? null,
  };
}
