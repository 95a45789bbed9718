/** `cupel run`: executes cells. */
import type { Command, Context } from "../arguments/command.ts";
import { adapterOptions, judgingOptions, partOptions } from "../arguments/common-options.ts";
import { executingOptions, wantedExecution } from "../execute/run-options.ts";
import type { RunStage } from "../judge/run-stage.ts";

/** Executes the selected cases in real runtimes. */
export const command: Command = {
  name: "run",
  summary: "execute the cases as cells in real runtimes and judge what a probe saw inside",
  usage: ["run [PATTERN...] [--runtime NAME[=PATH]] [options]"],
  details:
    "As root all cells are executed; as an ordinary user those whose config has a user namespace, and metalor's. cupel doctor says what is missing.\n" +
    "Everything runs in private pid and mount namespaces; nothing is mounted outside them, and nothing is left behind.\n" +
    "--dry-run says which cells would be executed, and starts none.\n" +
    "--adapter executes what another program generates; what differs from the golden is a failure, and is not executed.",
  options: {
    ...judgingOptions,
    ...partOptions,
    ...adapterOptions,
    ...executingOptions,
    keep: { type: "value", value: "DIR", help: "copy the directory of every cell to DIR when it has ended" },
    "dry-run": { type: "switch", help: "only say what would be executed" },
  },
  run: async (context) => {
    const options = { ...wantedExecution(context), ...(await keeping(context)) };
    const { executeStages } = await import("../judge/execute-stages.ts");
    return await executeStages(context, {
      command: "run",
      patterns: context.operands,
      options,
      before: () => [],
      ...(context.flags.has("dry-run") ? { describe: (stage: RunStage) => describe(context, stage) } : {}),
    });
  },
};

async function keeping(context: Context): Promise<{ keep?: string }> {
  const directory = context.flags.value("keep");
  if (directory === undefined) return {};
  const { resolve } = await import("node:path");
  return { keep: resolve(context.cwd, directory) };
}

function describe(context: Context, stage: RunStage): number {
  const plans = stage.plans();
  for (const { id, checks } of plans) context.stdout.write(`${id}  ${checks} checks\n`);
  const why = plans.length > 0 ? "" : stage.checks.length > 0 ? "; cupel doctor says why" : '; no case has "run"';
  context.stdout.write(`${plans.length} ${plans.length === 1 ? "cell" : "cells"} would be executed${why}\n`);
  return plans.length === 0 ? 4 : 0;
}
