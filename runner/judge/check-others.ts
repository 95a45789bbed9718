/** `cupel check` with the documents of another implementation. */
import type { Context } from "../arguments/command.ts";
import { runStages } from "./run-stages.ts";
import { loadSelection } from "./selection.ts";

/** Judges what the adapter of `--adapter` answers, or what stands in the directory of `--outputs`; gives the exit code. */
export async function checkOthers(context: Context, whose: "adapter" | "outputs"): Promise<number> {
  const selection = loadSelection(context, context.operands);
  const value = context.flags.value(whose) ?? "";
  if (whose === "outputs") {
    const { outputsStage } = await import("./outputs-stage.ts");
    return await runStages(context, "check", selection, [outputsStage(selection, value, context.cwd)]);
  }
  const [{ withAdapter }, { adapterStage }] = await Promise.all([
    import("../adapter/with-adapter.ts"),
    import("./adapter-stage.ts"),
  ]);
  return await withAdapter(context, value, async ({ adapter, directories }) => {
    const stage = adapterStage(selection, adapter, directories);
    return await runStages(context, "check", selection, [stage], stage.remarks);
  });
}
