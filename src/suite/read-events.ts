/** Reads a saved report: ndjson, one event a line. */
import * as v from "valibot";
import { anyJson } from "../format/any-json.ts";
import { closed } from "../format/closed.ts";
import { FormatError } from "../format/format-error.ts";
import { named } from "../format/named.ts";
import { readDocument } from "../format/read-document.ts";
import { equalJson } from "../json/equal.ts";
import type { Same } from "../systems/same-type.ts";
import type { Event } from "./event.ts";
import { implementation } from "./introduction.ts";
import { tally } from "./tally.ts";

const texts = v.array(v.string());
const note = v.exactOptional(v.string());
const count = v.pipe(v.number(), v.safeInteger("a whole number"), v.minValue(0, "a number that is not negative"));
const facts = named(anyJson);
const counts = closed({ pass: count, fail: count, error: count, skip: count, known: count, stale: count });

const schema = v.variant(
  "type",
  [
    closed({
      type: v.literal("start"),
      format: v.literal(1, "format 1, the only one that this version reads"),
      cupel: v.string(),
      command: v.string(),
      table: v.string(),
      runtimes: v.array(closed({ name: v.string(), path: v.string(), version: v.string() })),
      host: facts,
      shard: v.nullable(v.string()),
      implementation: v.exactOptional(implementation),
    }),
    closed({ type: v.literal("schedule"), checks: texts }),
    closed({
      type: v.literal("cell"),
      id: v.string(),
      argv: texts,
      adaptations: texts,
      exit: v.nullable(v.number()),
      ms: v.number(),
    }),
    closed({
      type: v.literal("check"),
      id: v.string(),
      verdict: v.picklist(["pass", "fail", "error", "skip"]),
      promised: v.exactOptional(anyJson),
      seen: v.exactOptional(anyJson),
      at: note,
      refs: v.exactOptional(texts),
      reason: note,
      code: note,
      stderr: note,
      known: v.exactOptional(closed({ kind: v.string(), reason: v.string() })),
    }),
    closed({ type: v.literal("stale"), file: v.string(), entry: count, check: v.string() }),
    closed({ type: v.literal("end"), counts, exit: count }),
  ],
  "an event with one of the types start, schedule, cell, check, stale and end",
);

true satisfies Same<Event, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

/** What to do about a report that is not whole. */
const cutOff = "the run was cut off; run it again";

/**
 * The events of the report in `text`: a start, the schedule, then one check for each scheduled id among cells, and the
 * end. Throws {@link FormatError} for a line that is no event, and `report-cut-off`, `report-order`, `report-duplicate`,
 * `report-incomplete` or `report-counts` for a report that cannot be believed.
 */
export function readEvents(text: string, file: string): readonly Event[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const isWhole = text.endsWith("\n") || lines.length === 1;
  const events = lines.map((line, index) => eventOf(line, index + 1, file, !isWhole && index === lines.length - 1));
  refuseWrongOrder(events, file);
  refuseWrongChecks(events, file);
  return events;
}

/** `mayBeCut`: it is the last line, and nothing ends it. */
function eventOf(text: string, line: number, file: string, mayBeCut: boolean): Event {
  try {
    return readDocument(schema, text, file);
  } catch (error) {
    if (!(error instanceof FormatError) || error.place === undefined) throw error;
    if (mayBeCut && error.code === "json-syntax") {
      throw new FormatError(
        "report-cut-off",
        file,
        { ...error.place, line },
        "the report ends within this line",
        cutOff,
      );
    }
    // Who gives something else than a report needs to hear where reports come from.
    const hint = line === 1 ? "a report is made by --reporter ndjson=FILE" : error.hint;
    throw new FormatError(error.code, file, { ...error.place, line: line + error.place.line - 1 }, error.problem, hint);
  }
}

function refuseWrongOrder(events: readonly Event[], file: string): void {
  if (events.at(-1)?.type !== "end") {
    throw new FormatError("report-cut-off", file, undefined, "the report has no end", cutOff);
  }
  for (const [index, { type }] of events.entries()) {
    const single = ["start", "schedule"][index] ?? (index === events.length - 1 ? "end" : undefined);
    const fits = single === undefined ? !["start", "schedule", "end"].includes(type) : type === single;
    if (fits) continue;
    const problem = `event ${index + 1} is of type ${type}${single === undefined ? "" : `, expected ${single}`}`;
    throw new FormatError(
      "report-order",
      file,
      undefined,
      problem,
      "a report is one start, one schedule, … and one end",
    );
  }
}

function refuseWrongChecks(events: readonly Event[], file: string): void {
  const judged = new Set<string>();
  for (const event of events) {
    if (event.type !== "check") continue;
    if (judged.has(event.id)) {
      throw new FormatError("report-duplicate", file, undefined, `the check ${event.id} was judged twice`);
    }
    judged.add(event.id);
  }
  const schedule = events.flatMap((event) => (event.type === "schedule" ? event.checks : []));
  const missing = schedule.find((id) => !judged.has(id));
  if (missing !== undefined) {
    throw new FormatError("report-incomplete", file, undefined, `the scheduled check ${missing} has no verdict`);
  }
  refuseWrongCounts(events, file);
}

function refuseWrongCounts(events: readonly Event[], file: string): void {
  const end = events.at(-1);
  const checks = events.filter((event) => event.type === "check");
  const stale = events.filter((event) => event.type === "stale");
  if (end?.type !== "end" || equalJson({ ...end.counts }, { ...tally(checks, stale) })) return;
  throw new FormatError("report-counts", file, undefined, "the counts at the end are not those of the checks");
}
