/** Runs stages of which the last executes cells: inside a jail where there can be one, else with every cell skipped. */
import type { Context } from "../arguments/command.ts";
import { canJail } from "../execute/jail/can-jail.ts";
import { whilePreparing } from "../report/preparing.ts";
import { type RunOptions, type RunStage, runStage, skippedStage } from "./run-stage.ts";
import { runStages } from "./run-stages.ts";
import { loadSelection, type Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** What to run. */
export interface Execution {
  /** The command, as reports name it. */
  readonly command: string;
  readonly patterns: readonly string[];
  readonly options: RunOptions;
  /** Stages that come before the cells. */
  before(selection: Selection): readonly Stage[];
  /** Called instead of judging, when given: only what would be executed is wanted. */
  readonly describe?: (stage: RunStage) => number;
}

/** Runs `execution` as one run with one report, and gives its exit code. */
export async function executeStages(context: Context, execution: Execution): Promise<number> {
  const { command, patterns, before, describe } = execution;
  // Who only wants to know what would be executed has nothing started.
  const options = describe === undefined ? execution.options : { ...execution.options, tries: false };
  const obstacle = canJail();
  if (obstacle !== undefined) {
    const selection = loadSelection(context, patterns);
    const stage = skippedStage(selection, options.runtimes, obstacle);
    return describe?.(stage) ?? (await runStages(context, command, selection, [...before(selection), stage]));
  }
  const { withinJail } = await import("../execute/jail/inside.ts");
  return await withinJail(async (jail) => {
    const selection = loadSelection(context, patterns);
    const execute = async (stage: RunStage): Promise<number> => {
      try {
        return describe?.(stage) ?? (await runStages(context, command, selection, [...before(selection), stage]));
      } finally {
        await stage.close();
      }
    };
    const adapter = context.flags.declares("adapter") ? context.flags.value("adapter") : undefined;
    if (adapter === undefined) {
      return await execute(await whilePreparing(context, () => runStage(selection, jail, options)));
    }
    const { withGenerator } = await import("../adapter/with-generator.ts");
    return await withGenerator(context, adapter, jail.interrupted, async (generate, implementation, done) => {
      const stage = await whilePreparing(context, () => runStage(selection, jail, { ...options, generate }));
      await done();
      return await execute(implementation === undefined ? stage : { ...stage, implementation });
    });
  });
}
