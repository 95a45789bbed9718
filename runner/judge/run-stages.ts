/** Runs stages as one run: one schedule, one report, one exit code. */
import { baselineInForce } from "../../src/suite/baseline.ts";
import type { CellEvent, CheckEvent } from "../../src/suite/event.ts";
import { exitCode, settle, tally } from "../../src/suite/tally.ts";
import type { Context } from "../arguments/command.ts";
import type { Flags } from "../arguments/option.ts";
import { machine } from "../host/machine.ts";
import { loadBaselines } from "../load/load-baselines.ts";
import { openReports, type Reports } from "../report/open-reports.ts";
import { cupelVersion } from "../version.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";
import { tableHash } from "./table-hash.ts";

/**
 * Judges everything that `stages` schedule, in their order, and reports it as the run of `command`. Gives the exit code.
 * `remarks` gives lines for people that stand below the report.
 * A scheduled check that a stage leaves out becomes an error; one that nobody scheduled, or that comes twice, is a bug.
 */
export async function runStages(
  context: Context,
  command: string,
  selection: Selection,
  stages: readonly Stage[],
  remarks: (checks: readonly CheckEvent[]) => readonly string[] = () => [],
): Promise<number> {
  const baselines = loadBaselines(selection.root, context.flags, context.cwd);
  const runtimes = stages.flatMap((stage) => stage.runtimes);
  const host = { ...machine() };
  const implementation = stages.find((stage) => stage.implementation !== undefined)?.implementation;
  const baseline = baselineInForce(baselines, { runtimes, host });
  const schedule = stages.flatMap((stage) => stage.checks);
  const bail = await wantedBail(context.flags);
  const required = await wantedRequirements(context);
  const reports = await openReports(context, titles(selection));
  try {
    reports.event({
      type: "start",
      format: 1,
      cupel: cupelVersion(),
      command,
      table: tableHash(selection.selected),
      runtimes,
      host,
      shard: selection.shard,
      ...(implementation === undefined ? {} : { implementation }),
    });
    reports.event({ type: "schedule", checks: schedule });
    const checks = (await judgeAll(stages, schedule, reports, baseline.mark, bail)).map(baseline.mark);
    const stale = baseline.stale(checks, selection.isWhole);
    for (const entry of stale) reports.event(entry);
    const counts = tally(checks, stale);
    const offered = new Set(stages.flatMap((stage) => stage.offers));
    const missing = required.filter((word) => !offered.has(word));
    const judgedExit = exitCode(counts, schedule, checks);
    const exit = judgedExit === 0 && missing.length > 0 ? 4 : judgedExit;
    reports.event({ type: "end", counts, exit });
    reports.end();
    for (const line of remarks(checks)) reports.note(line);
    if (missing.length > 0) reports.note(`required, but not here: ${missing.join(", ")} (cupel doctor says why)`);
    return exit;
  } finally {
    reports.abort();
  }
}

/**
 * All checks of all stages, as they were given. `known` marks what a baseline expects, for the reports. After `bail`
 * failures and errors that nobody expected, the rest is skipped.
 */
async function judgeAll(
  stages: readonly Stage[],
  schedule: readonly string[],
  reports: Reports,
  known: (check: CheckEvent) => CheckEvent,
  bail: number | undefined,
): Promise<readonly CheckEvent[]> {
  const owed = new Set(schedule);
  if (owed.size < schedule.length) throw new Error(`A check was scheduled twice: ${twice(schedule)}`);
  const judged: CheckEvent[] = [];
  let red = 0;
  const emit = (event: CheckEvent | CellEvent): void => {
    if (event.type === "check") {
      if (!owed.delete(event.id)) throw new Error(`A check was judged twice or never scheduled: ${event.id}`);
      judged.push(event);
      const marked = known(event);
      if (marked.known === undefined && (event.verdict === "fail" || event.verdict === "error")) red += 1;
      reports.event(marked);
    } else {
      reports.event(event);
    }
  };
  const enough = (): boolean => bail !== undefined && red >= bail;
  for (const stage of stages) if (!enough()) await stage.judge(emit, enough);
  if (enough()) for (const id of [...owed]) emit(leftOut(id, bail));
  for (const check of settle(schedule, judged)) if (owed.has(check.id)) emit(check);
  return judged;
}

/** After how many failures a run ends; undefined when it goes on whatever happens. Throws a usage error (exit 2). */
async function wantedBail(flags: Flags): Promise<number | undefined> {
  if (!flags.declares("bail") || !flags.has("bail")) return undefined;
  const { positive } = await import("../arguments/positive.ts");
  return positive(flags, "bail", "a whole number above 0", Number.isInteger);
}

function leftOut(id: string, bail: number | undefined): CheckEvent {
  return { type: "check", id, verdict: "skip", code: "bailed", reason: `left out: --bail ${bail} ended the run` };
}

function twice(ids: readonly string[]): string | undefined {
  return ids.find((id, index) => ids.indexOf(id) !== index);
}

/** The words of --require. Throws a usage error (exit 2) for one that means nothing. */
async function wantedRequirements(context: Context): Promise<readonly string[]> {
  if (context.flags.list("require").length === 0) return [];
  const { requiredWords } = await import("./required.ts");
  return requiredWords(context);
}

function titles({ selected }: Selection): (caseId: string) => string | undefined {
  const byId = new Map(selected.map(({ fullId, title }) => [fullId, title]));
  return (caseId) => byId.get(caseId);
}
