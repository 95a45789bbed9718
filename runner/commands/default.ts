/** `cupel` alone: checks the whole table, then executes what this machine can. */
import { judgingOptions } from "../arguments/common-options.ts";
import type { Command } from "../arguments/command.ts";
import { executingOptions, wantedExecution } from "../execute/run-options.ts";
import { expectOperands } from "../arguments/operands.ts";

/** The main job, in one run with one summary. */
export const command: Command = {
  name: "",
  summary:
    "conformance suite and policy tests for build sandboxes: checks the whole table, then executes what this machine can",
  usage: ["[options]"],
  options: { ...judgingOptions, ...executingOptions },
  run: async (context) => {
    expectOperands(context.operands, "", "no operands", 0, 0);
    const options = wantedExecution(context);
    const [{ executeStages }, { checkStage }] = await Promise.all([
      import("../judge/execute-stages.ts"),
      import("../judge/check-stage.ts"),
    ]);
    return await executeStages(context, {
      command: "cupel",
      patterns: [],
      options,
      before: (selection) => [checkStage(selection)],
    });
  },
};
