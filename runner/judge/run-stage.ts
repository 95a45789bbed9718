/** The stage that executes cells. Inside the jail it runs them; outside it says, case by case, why it does not. */
import type { PlacedCase } from "../../src/suite/case.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { executeRun, scheduleOf } from "../execute/execute-run.ts";
import type { Jail } from "../execute/jail/inside.ts";
import { prepareRun } from "../execute/prepare-run.ts";
import type { RunRequest } from "../execute/run-request.ts";
import { skipAll } from "../execute/skip-all.ts";
import { type JailedOperation, jailedOperations, judgeOperations, skipOperation } from "./jailed-operations.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** The stage, and how to end what it holds. */
export interface RunStage extends Stage {
  close(): Promise<void>;
  /** What would be executed. */
  plans(): readonly { readonly id: string; readonly checks: number }[];
}

/** What the command line asks of an execution. */
export interface RunOptions
  extends Pick<RunRequest, "runtimes" | "timeout" | "keep" | "trustCommands" | "as" | "generate" | "tries"> {
  readonly jobs: number;
}

/** The cases of a selection that can be executed. */
export function executable({ cases }: Pick<Selection, "cases">): readonly PlacedCase[] {
  return cases.filter((c) => c.run !== undefined);
}

/** Prepares the execution of every selected case that has `run`, or that only the jail can judge. Throws CupelError for what stops all of them. */
export async function runStage(selection: Selection, jail: Jail, options: RunOptions): Promise<RunStage> {
  const trusted = selection.root.shipped || options.trustCommands === true;
  const run = await prepareRun(jail, {
    cases: executable(selection),
    golden: (id) => selection.goldens.of(id),
    tries: true,
    ...options,
    shipped: selection.root.shipped,
    trustCommands: trusted,
  });
  const runtimes = run.runtimes.map(({ profile, path, version }) => ({ name: profile.name, path, version }));
  // They are performed as whoever calls, so another user has no part in them.
  const operations = options.as === undefined ? jailedOperations(selection, options.runtimes, jail.caller) : [];
  const { caller, interrupted, work } = jail;
  const performing = { selection, caller, trusted, interrupted, work, jobs: options.jobs };
  return {
    checks: [...scheduleOf(run), ...operations.map(({ check }) => check)],
    runtimes,
    offers: [
      ...runtimes.map(({ name }) => name),
      ...(runtimes.length === 0 ? [] : [options.as === undefined ? jail.caller : "unprivileged"]),
    ],
    judge: async (emit, enough) => {
      await executeRun(
        run,
        options.jobs,
        (event) => {
          if (event.type === "check" || event.type === "cell") emit(event);
        },
        enough,
      );
      const isHere = ({ runtime }: JailedOperation): boolean => runtimes.some(({ name }) => name === runtime);
      for (const operation of operations) {
        if (!isHere(operation)) emit(skipOperation(operation, `${operation.runtime} cannot be used here`));
      }
      if (!enough()) await judgeOperations(operations.filter(isHere), performing, emit, enough);
    },
    close: () => run.close(),
    plans: () => [
      ...run.cells.map((cell) => ({ id: cell.id, checks: cell.asked.length + 1 })),
      ...operations.map(({ check }) => ({ id: check, checks: 1 })),
    ],
  };
}

/** The stage of a caller that cannot execute anything: one skip for each case and runtime, with the reason. */
export function skippedStage(selection: Selection, runtimes: RunOptions["runtimes"], reason: string): RunStage {
  return stageOfSkips([
    ...runtimes.flatMap(({ profile }) => skipAll(executable(selection), profile, reason)),
    ...jailedOperations(selection, runtimes, "privileged").map((operation) => skipOperation(operation, reason)),
  ]);
}

/** A stage that only gives `checks`, all of them skips. */
export function stageOfSkips(checks: readonly CheckEvent[]): RunStage {
  return {
    checks: checks.map(({ id }) => id),
    runtimes: [],
    offers: [],
    judge: async (emit) => {
      for (const check of checks) emit(check);
    },
    close: async () => {},
    plans: () => [],
  };
}
