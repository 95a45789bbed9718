/** A cell that belongs to no case: it is executed to learn whether a runtime starts anything here at all. */
import type { PlacedCase } from "../../../src/suite/case.ts";
import type { CallerTokens } from "../caller-tokens.ts";
import type { CellWorld } from "../cell/cell-world.ts";
import { executeCell } from "../cell/execute-cell.ts";
import { type CellSetting, type PreparedCell, prepareCell } from "../cell/prepare-cell.ts";
import type { Caller } from "../jail/can-jail.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type TrialPart, trialConfig } from "./trial-config.ts";

/** Where and as whom a trial cell is executed. */
export interface TrialSetting {
  readonly cell: CellSetting;
  readonly caller: Caller;
  readonly tokens: CallerTokens;
}

/** It stands in the place of a row of the table. */
const noCase: PlacedCase = {
  system: "cupel",
  area: "trial",
  areaWhy: "",
  id: "cell",
  fullId: "cupel/trial/cell",
  title: "the smallest cell starts",
  operation: "config",
  request: {},
  expect: "golden",
  recorded: { from: "ours" },
};

/** What a trial came to. */
export type Trial =
  | { readonly is: "started" }
  /** In the runtime's own words, where it had any. */
  | { readonly is: "failed"; readonly words: string }
  /** Such a cell is not executed here anyway. */
  | { readonly is: "not-tried"; readonly reason: string };

/**
 * Whether `runtime` runs the smallest cell with `parts` to its end. An ordinary user's smallest cell has a user namespace.
 * Nothing is asked in it: that its step answers with this cell's nonce is all there is to see.
 */
export async function tryCell(
  runtime: Runtime,
  parts: readonly TrialPart[],
  setting: TrialSetting,
  world: CellWorld,
): Promise<Trial> {
  const { beforeRemoval: _, ...own } = world; // it is no cell that anybody asked to keep
  const { checks } = await executeCell(prepareTrial(runtime, parts, setting), own);
  const [starts] = checks;
  if (starts?.verdict === "pass") return { is: "started" };
  if (starts?.verdict === "skip" || starts?.code === "interrupted")
    return { is: "not-tried", reason: starts.reason ?? "" };
  return { is: "failed", words: String(starts?.seen ?? starts?.reason ?? starts?.code) };
}

function prepareTrial(runtime: Runtime, parts: readonly TrialPart[], setting: TrialSetting): PreparedCell {
  const { cell, caller, tokens } = setting;
  const kind = runtime.profile.kind ?? "oci";
  const all: readonly TrialPart[] =
    caller === "unprivileged" && kind === "oci" && !parts.includes("user-namespace")
      ? ["user-namespace", ...parts]
      : parts;
  const config = trialConfig(kind, all, tokens);
  const bundle = `${cell.directory}/bundle`;
  const plan = {
    request: {},
    options: {},
    config,
    bundle: { bundle, rootfs: `${bundle}/rootfs`, entries: [], inputs: [], outputs: [] },
  };
  return { ...prepareCell(noCase, runtime, plan, cell, caller), asked: [] };
}
