/** `cupel` alone: checks the whole table, then executes what this machine can. */

import type { Command } from "../arguments/command.ts";
import { judgingOptions, partOptions } from "../arguments/common-options.ts";
import { expectNoOperands } from "../arguments/operands.ts";
import { executingOptions, wantedExecution } from "../execute/run-options.ts";

/** The main job, in one run with one summary. */
export const command: Command = {
  name: "",
  summary:
    "conformance suite and policy tests for build sandboxes: checks the whole table, then executes what this machine can",
  usage: ["[options]"],
  options: { ...judgingOptions, ...partOptions, ...executingOptions },
  run: async (context) => {
    expectNoOperands(context.operands, "");
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
