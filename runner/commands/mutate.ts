/** `cupel mutate`: does the suite notice weakened sandboxes? */
import type { Mutant } from "../../src/policy/mutant.ts";
import type { Command, Context } from "../arguments/command.ts";
import { judgingOptions } from "../arguments/common-options.ts";
import { executingOptions, wantedExecution } from "../execute/run-options.ts";

/** Weakens configs on purpose and demands that the rule in question says so, in the config and in a real cell. */
export const command: Command = {
  name: "mutate",
  summary: "weaken configs on purpose: does every rule notice, in the config and in a real cell?",
  usage: ["mutate [PATTERN...] [--config-only] [options]"],
  details:
    "A pattern is a glob over mutants/RULE/ID. A mutant that nobody notices is a failure (exit 1). One that the admission of cells refuses, that no runtime starts, or that changes nothing in this table is a skip with that reason.",
  options: {
    ...judgingOptions,
    ...executingOptions,
    "config-only": { type: "switch", help: "do not execute anything" },
  },
  run: async (context) => {
    const options = wantedExecution(context);
    const [{ canJail }, stages, { runStages }, { loadSelection }] = await Promise.all([
      import("../execute/jail/can-jail.ts"),
      import("../judge/mutate-stage.ts"),
      import("../judge/run-stages.ts"),
      import("../judge/selection.ts"),
    ]);
    const obstacle = context.flags.has("config-only") ? undefined : canJail();
    if (context.flags.has("config-only") || obstacle !== undefined) {
      const selection = loadSelection(context, []);
      const mutants = await wantedMutants(context, selection.root);
      const before = stages.staticMutants(selection, mutants);
      const executed = obstacle === undefined ? [] : [stages.skippedMutants(mutants, options, obstacle)];
      return await runStages(context, "mutate", selection, [before, ...executed], (checks) =>
        stages.scores(mutants, checks),
      );
    }
    const { withinJail } = await import("../execute/jail/inside.ts");
    return await withinJail(async (jail) => {
      const selection = loadSelection(context, []);
      const mutants = await wantedMutants(context, selection.root);
      const before = stages.staticMutants(selection, mutants);
      const { whilePreparing } = await import("../report/preparing.ts");
      const prepare = () => stages.executedMutants(selection, mutants, jail, options);
      const executed = await whilePreparing(context, prepare);
      try {
        return await runStages(context, "mutate", selection, [before, executed], (checks) =>
          stages.scores(mutants, checks),
        );
      } finally {
        await executed.close();
      }
    });
  },
};

async function wantedMutants(
  context: Context,
  root: Parameters<typeof import("../load/load-mutants.ts").loadMutants>[0],
): Promise<readonly Mutant[]> {
  const [{ loadMutants }, { selectIds }, { mutantName }] = await Promise.all([
    import("../load/load-mutants.ts"),
    import("../../src/glob.ts"),
    import("../../src/suite/mutate-configs.ts"),
  ]);
  const all = loadMutants(root);
  const wanted = new Set(selectIds(context.operands, all.map(mutantName)));
  return all.filter((mutant) => wanted.has(mutantName(mutant)));
}
