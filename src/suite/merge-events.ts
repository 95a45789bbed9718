/** Puts the reports of the shards of one run together. */
import { CupelError } from "../errors.ts";
import { equalJson } from "../json/equal.ts";
import type { Json } from "../json/value.ts";
import type { CellEvent, CheckEvent, EndEvent, Event, StaleEvent, StartEvent } from "./event.ts";
import { exitCode, tally } from "./tally.ts";

/** One saved report: whole, as readEvents gives it. */
export interface SavedReport {
  /** As messages name it. */
  readonly file: string;
  readonly events: readonly Event[];
}

/**
 * The events of the run whose shards `reports` are, all of them, each once: its checks and cells sorted by id. Throws
 * {@link CupelError} `report-mismatch` for reports of different tables, versions, commands, runtimes or implementations,
 * and for shards that are missing, that come twice, or that judged the same check.
 */
export function mergeEvents(reports: readonly SavedReport[]): readonly Event[] {
  const parts = reports.map(({ file, events }) => ({ file, events, start: startOf(events) }));
  const [first] = parts;
  if (first === undefined) throw new Error("There is no report to be merged");
  for (const part of parts.slice(1)) refuseDifferent(first, part);
  refuseIncomplete(parts);
  const all = parts.flatMap(({ events }) => events);
  const checks = all.filter((event): event is CheckEvent => event.type === "check").sort(byId);
  const twice = checks.find(({ id }, index) => checks[index + 1]?.id === id);
  if (twice !== undefined) throw mismatch(`the check ${twice.id} was judged in two of the reports`);
  const stale = all.filter((event): event is StaleEvent => event.type === "stale");
  const counts = tally(checks, stale);
  const schedule = checks.map(({ id }) => id);
  return [
    { ...first.start, runtimes: runtimesOf(parts), shard: null },
    { type: "schedule", checks: schedule },
    ...all.filter((event): event is CellEvent => event.type === "cell").sort(byId),
    ...checks,
    ...stale.sort((a, b) => (a.file === b.file ? a.entry - b.entry : a.file < b.file ? -1 : 1)),
    { type: "end", counts, exit: exitOf(exitCode(counts, schedule, checks), all) },
  ];
}

interface Part extends SavedReport {
  readonly start: StartEvent;
}

function startOf(events: readonly Event[]): StartEvent {
  const [start] = events;
  if (start?.type !== "start") throw new Error("A report was not read by readEvents");
  return start;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

const equals: readonly (readonly [member: "table" | "cupel" | "command" | "implementation", what: string])[] = [
  ["table", "are of different tables"],
  ["cupel", "are of different versions of cupel"],
  ["command", "are of different commands"],
  ["implementation", "judge different implementations"],
];

function refuseDifferent(first: Part, other: Part): void {
  for (const [member, what] of equals) {
    const [mine, others] = [first.start[member], other.start[member]].map((value): Json => (value ?? null) as Json);
    if (mine === undefined || others === undefined || equalJson(mine, others)) continue;
    throw mismatch(
      `${first.file} and ${other.file} ${what}`,
      "reports are merged when one command was split by --shard",
    );
  }
}

/** The shards that are there must be all of them. */
function refuseIncomplete(parts: readonly Part[]): void {
  const files = new Map<number, string>();
  let count: number | undefined;
  for (const { file, start } of parts) {
    const [, index, of] = /^([0-9]+)\/([0-9]+)$/.exec(start.shard ?? "") ?? [];
    if (index === undefined || of === undefined) {
      throw mismatch(`${file} is the report of a whole run, not of a shard`, "give it to cupel report alone");
    }
    if (count !== undefined && count !== Number(of)) {
      throw mismatch(`${file} is shard ${start.shard}, and others are of ${count}`);
    }
    const other = files.get(Number(index));
    if (other !== undefined) throw mismatch(`${other} and ${file} are both shard ${start.shard}`);
    files.set(Number(index), file);
    count = Number(of);
  }
  const missing = Array.from({ length: count ?? 0 }, (_, at) => at + 1).filter((index) => !files.has(index));
  if (missing.length === 0) return;
  const names = missing.map((index) => `${index}/${count}`).join(", ");
  throw mismatch(`the report of shard ${names} is missing`, "a run is merged from all of its shards");
}

/** Every runtime that any shard has; a runtime that was updated meanwhile is two. */
function runtimesOf(parts: readonly Part[]): StartEvent["runtimes"] {
  const found = new Map<string, { readonly file: string; readonly runtime: StartEvent["runtimes"][number] }>();
  for (const { file, start } of parts) {
    for (const runtime of start.runtimes) {
      const other = found.get(runtime.name);
      if (other === undefined) found.set(runtime.name, { file, runtime });
      else if (other.runtime.version !== runtime.version) {
        const versions = `${other.runtime.version} and ${runtime.version}`;
        throw mismatch(`${other.file} and ${file} ran different versions of ${runtime.name}: ${versions}`);
      }
    }
  }
  return [...found.values()].map(({ runtime }) => runtime);
}

/** What --require named and a shard lacked is lacking in the whole. */
function exitOf(judged: number, events: readonly Event[]): number {
  const lacked = events.some(
    (event): event is EndEvent =>
      event.type === "end" && event.exit === 4 && event.counts.pass + event.counts.known > 0,
  );
  return judged === 0 && lacked ? 4 : judged;
}

function mismatch(message: string, hint?: string): CupelError {
  return new CupelError("report-mismatch", message, hint === undefined ? {} : { hint });
}
