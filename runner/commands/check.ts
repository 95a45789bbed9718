/** `cupel check`: goldens, schema and policies. */

import type { Command, Context } from "../arguments/command.ts";
import { adapterOptions, judgingOptions, partOptions } from "../arguments/common-options.ts";
import { usageError } from "../arguments/usage-error.ts";

/** Judges configs without running anything. */
export const command: Command = {
  name: "check",
  summary: "generate every case and compare: golden, schema and policy, no privileges needed",
  usage: ["check [PATTERN...] [options]", "check [PATTERN...] --adapter CMD", "check [PATTERN...] --outputs DIR"],
  details:
    "A pattern is a glob over case ids (SYSTEM/AREA/CASE); * does not cross a slash, and a bare prefix means all below.\n" +
    "--update writes the goldens of cases recorded from our own generators, refuses those recorded from upstream, and always exits 1: look at what changed, then check again.\n" +
    "--adapter judges what another program answers, --outputs what it left in DIR/SYSTEM/AREA/CASE.json; docs/ADAPTERS.md explains both.",
  options: {
    ...judgingOptions,
    ...partOptions,
    ...adapterOptions,
    outputs: { type: "value", value: "DIR", help: "judge what another implementation wrote, one file for each case" },
    update: { type: "switch", help: "write goldens that are recorded from ours" },
  },
  run: async (context) => {
    const other = whoseDocuments(context);
    if (other !== undefined) {
      const { checkOthers } = await import("../judge/check-others.ts");
      return await checkOthers(context, other);
    }
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

/** The one of --adapter and --outputs that was given. */
function whoseDocuments({ flags }: Context): "adapter" | "outputs" | undefined {
  const given = (["adapter", "outputs", "update"] as const).filter((name) => flags.has(name));
  const [first, second] = given;
  if (second !== undefined) {
    throw usageError(`--${first} and --${second} do not go together`, "each says anew whose documents are judged");
  }
  if (flags.has("adapter-timeout") && first !== "adapter") {
    throw usageError("--adapter-timeout says something about --adapter, which is missing");
  }
  return first === "update" ? undefined : first;
}
