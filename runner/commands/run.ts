/** `cupel run`: executes cells. */
import type { Command, Context } from "../arguments/command.ts";
import { judgingOptions } from "../arguments/common-options.ts";
import { executingOptions, wantedJobs, wantedRuntimes, wantedTimeout } from "../execute/run-options.ts";

/** Executes the selected cases in real runtimes. */
export const command: Command = {
  name: "run",
  summary: "execute the cases as cells in real runtimes and judge what a probe saw inside",
  usage: ["run [PATTERN...] [--runtime NAME[=PATH]] [options]"],
  details:
    "Needs root. Everything runs in private pid and mount namespaces; nothing is mounted outside them, and nothing is left behind.\n" +
    "--dry-run says which cells would be executed, and how, and starts none.",
  options: {
    ...judgingOptions,
    ...executingOptions,
    keep: { type: "value", value: "DIR", help: "copy the directory of every cell to DIR when it has ended" },
    "dry-run": { type: "switch", help: "only say what would be executed" },
  },
  run: async (context) => {
    const options = {
      runtimes: wantedRuntimes(context),
      jobs: wantedJobs(context.flags),
      timeout: wantedTimeout(context.flags),
    };
    const [{ canJail }, { loadSelection }, stage, { runStages }] = await Promise.all([
      import("../execute/jail/can-jail.ts"),
      import("../judge/selection.ts"),
      import("../judge/run-stage.ts"),
      import("../judge/run-stages.ts"),
    ]);
    const obstacle = canJail();
    if (obstacle !== undefined) {
      const selection = loadSelection(context, context.operands);
      return await runStages(context, "run", selection, [stage.skippedStage(selection, options.runtimes, obstacle)]);
    }
    const { withinJail } = await import("../execute/jail/inside.ts");
    return await withinJail(async (jail) => {
      const selection = loadSelection(context, context.operands);
      const running = await stage.runStage(selection, jail, { ...options, ...(await keeping(context)) });
      try {
        if (context.flags.has("dry-run")) return await describe(context, running.plans());
        return await runStages(context, "run", selection, [running]);
      } finally {
        await running.close();
      }
    });
  },
};

async function keeping(
  context: Context,
): Promise<Partial<Parameters<typeof import("../judge/run-stage.ts").runStage>[2]>> {
  const directory = context.flags.value("keep");
  if (directory === undefined) return {};
  const { keepCells } = await import("../execute/cell/keep-cell.ts");
  return { beforeRemoval: keepCells(directory, context.cwd) };
}

async function describe(context: Context, plans: readonly { id: string; checks: number }[]): Promise<number> {
  const { printable } = await import("../../src/suite/printable.ts");
  for (const { id, checks } of plans) context.stdout.write(`${printable(id)}  ${checks} checks\n`);
  context.stdout.write(`${plans.length} cells would be executed\n`);
  return plans.length === 0 ? 4 : 0;
}
