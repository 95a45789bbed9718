/** Gets the sides of a comparison: by executing the cells on several runtimes, or from saved reports. */
import { CupelError } from "../../src/errors.ts";
import { baselineInForce } from "../../src/suite/baseline.ts";
import { type ComparedSide, onRuntime, sidesOfReports, sidesOfRun } from "../../src/suite/compare.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import { settle } from "../../src/suite/tally.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { canJail } from "../execute/jail/can-jail.ts";
import { machine } from "../host/machine.ts";
import { type RunOptions, runStage } from "../judge/run-stage.ts";
import { loadSelection } from "../judge/selection.ts";
import { loadBaselines } from "../load/load-baselines.ts";
import { readText } from "../load/read-document.ts";
import { largestReport } from "../load/read-file.ts";
import { liveStatus } from "../report/live-status.ts";
import { whilePreparing } from "../report/preparing.ts";
import { isLive } from "../terminal/is-live.ts";

/**
 * The sides in the saved reports `files`. Throws CupelError for fewer than two, for one that cannot be read or believed, and
 * for reports of different tables when none of their checks is the same.
 */
export async function savedSides(context: Context, files: readonly string[]): Promise<readonly ComparedSide[]> {
  if (files.length < 2) throw usageError("a comparison needs two reports", "give --report FILE twice");
  const reports = [];
  for (const file of files) reports.push(readEvents(await readText(file, context, largestReport), file));
  const sides = sidesOfReports(reports, files);
  const [first, ...others] = sides.map(({ checks }) => checks);
  if (first !== undefined && others.every((checks) => ![...checks.keys()].some((id) => first.has(id)))) {
    throw new CupelError("nothing-in-common", `${files.join(" and ")} have no check in common`, {
      hint: "compare reports of the same cases",
      exit: 4,
    });
  }
  return sides;
}

/**
 * Executes the selected cells on every runtime of `options` in one jail and hands the sides to `use`, whose exit code it
 * gives. Throws CupelError `nothing-to-compare` (exit 4) when fewer than two runtimes are here.
 */
export async function executedSides(
  context: Context,
  options: RunOptions,
  use: (sides: readonly ComparedSide[]) => number,
): Promise<number> {
  const obstacle = canJail();
  if (obstacle !== undefined) throw tooFew(`no cell can be executed: ${obstacle}`);
  const { withinJail } = await import("../execute/jail/inside.ts");
  return await withinJail(async (jail) => {
    const selection = loadSelection(context, context.operands);
    const stage = await whilePreparing(context, () => runStage(selection, jail, options));
    try {
      if (stage.runtimes.length < 2) {
        const here = stage.runtimes.map(({ name }) => name).join(", ") || "none";
        throw tooFew(`a comparison needs two runtimes, and of those asked for there is ${here} here`);
      }
      const { stderr, env, now } = context;
      const live = isLive(stderr, env) ? liveStatus(stderr, now) : undefined;
      const judged: CheckEvent[] = [];
      live?.event({ type: "schedule", checks: stage.checks });
      try {
        await stage.judge(
          (event) => {
            live?.event(event);
            if (event.type === "check") judged.push(event);
          },
          () => false,
        );
      } finally {
        live?.end();
      }
      const baselines = loadBaselines(selection.root, context.flags, context.cwd);
      const checks = settle(stage.checks, judged);
      return use(
        sidesOfRun(stage, checks).map((side, index) => {
          const runtime = stage.runtimes[index];
          if (runtime === undefined) return side;
          // A second runtime of one name has a name of its own, and baselines speak of the program.
          const program =
            options.runtimes.find(({ profile }) => profile.name === runtime.name)?.program ?? runtime.name;
          const { version } = runtime;
          const environment = { runtimes: [{ name: program, version }], host: { ...machine() } };
          const { mark } = baselineInForce(baselines, environment);
          const known = (check: CheckEvent): CheckEvent => mark({ ...check, id: onRuntime(check.id, program) });
          return { ...side, checks: new Map([...side.checks].map(([key, check]) => [key, known(check)])) };
        }),
      );
    } finally {
      await stage.close();
    }
  });
}

function tooFew(problem: string): CupelError {
  return new CupelError("nothing-to-compare", problem, {
    hint: "cupel doctor says what is missing; saved reports are compared with --report FILE --report FILE",
    exit: 4,
  });
}
