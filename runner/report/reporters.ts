/** The reporters there are, by the name that --reporter takes. */
import { json } from "./json.ts";
import { ndjson } from "./ndjson.ts";
import { pretty } from "./pretty/pretty.ts";
import type { MakeReporter } from "./reporter.ts";

/** Name to maker. */
export const reporters: ReadonlyMap<string, MakeReporter> = new Map<string, MakeReporter>([
  ["pretty", pretty],
  ["ndjson", ndjson],
  ["json", json],
]);
