/** The reporter `ndjson`: every event as one line of JSON, at once. */
import { printCompact } from "../../src/json/print.ts";
import { eventJson } from "./event-json.ts";
import type { Reporter } from "./reporter.ts";

/** Writes each event as it comes. */
export function ndjson(write: (text: string) => void): Reporter {
  return {
    event: (event) => write(`${printCompact(eventJson(event))}\n`),
    end: () => {},
  };
}
