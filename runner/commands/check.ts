/** `cupel check`: goldens, schema and policies. */

import type { Command } from "../arguments/command.ts";
import { judgingOptions } from "../arguments/common-options.ts";

/** Judges configs without running anything. */
export const command: Command = {
  name: "check",
  summary: "generate every case and compare: golden, schema and policy, no privileges needed",
  usage: ["check [PATTERN...] [options]"],
  details:
    "A pattern is a glob over case ids (SYSTEM/AREA/CASE); * does not cross a slash, and a bare prefix means all below.\n" +
    "--update writes the goldens of cases recorded from our own generators, refuses those recorded from upstream, and always exits 1: look at what changed, then check again.",
  options: {
    ...judgingOptions,
    update: { type: "switch", help: "write goldens that are recorded from ours" },
  },
  run: async (context) => {
    const updates = context.flags.has("update");
    // All at once: modules that wait for each other's loading are felt at every start.
    const [{ loadSelection }, { checkStage }, { runStages }] = await Promise.all([
      import("../judge/selection.ts"),
      import("../judge/check-stage.ts"),
      import("../judge/run-stages.ts"),
    ]);
    const selection = loadSelection(context, context.operands, updates);
    if (updates) {
      const { updateGoldens } = await import("../judge/update-goldens.ts");
      return await updateGoldens(context, selection);
    }
    return await runStages(context, "check", selection, [checkStage(selection)]);
  },
};
