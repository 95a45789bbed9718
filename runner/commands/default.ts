/** `cupel` alone: checks the whole table, then executes what this machine can. */
import { judgingOptions } from "../arguments/common-options.ts";
import type { Command } from "../arguments/command.ts";
import { expectOperands } from "../arguments/operands.ts";

/** The main job, in one run with one summary. */
export const command: Command = {
  name: "",
  summary: "conformance suite and policy tests for build sandboxes: checks the whole table, then executes what this machine can",
  usage: ["[options]"],
  options: judgingOptions,
  run: async (context) => {
    expectOperands(context.operands, "", "no operands", 0, 0);
    const [{ loadSelection }, { checkStage }, { runStages }] = await Promise.all([
      import("../judge/selection.ts"),
      import("../judge/check-stage.ts"),
      import("../judge/run-stages.ts"),
    ]);
    const selection = loadSelection(context, []);
    return await runStages(context, "cupel", selection, [checkStage(selection)]);
  },
};
