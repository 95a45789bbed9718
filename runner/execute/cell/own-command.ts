/** Cells whose command is the case's own and not the step: which may be run, and how little of them can be judged. */
import { equalJson } from "../../../src/json/equal.ts";
import type { Json } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { step } from "../../../src/policy/admission/command.ts";
import type { CheckEvent } from "../../../src/suite/event.ts";
import type { CellPlan } from "../../../src/suite/plan-cell.ts";
import type { Launched } from "../runtime/launch.ts";
import type { CellPaths } from "../runtime/runtime.ts";
import { finishAround } from "./around-cell.ts";
import { blockedCell } from "./judge-cell.ts";
import { judgeStart } from "./judge-start.ts";
import type { PreparedCell } from "./prepare-cell.ts";

/** Whether the case runs something else than the step. */
export function runsOwnCommand({ config }: CellPlan): boolean {
  return config.process?.args?.[0] !== step;
}

/** Only our own runtime runs such a command, in a table that is trusted, and never one that a mutant put there. */
export function mayRunOwnCommand(cell: PreparedCell, { config: promised }: CellPlan, config: Json): boolean {
  const { process } = config as unknown as Config;
  return cell.runtime.profile.kind === "unshare" && equalJson(process?.args ?? [], promised.process?.args ?? []);
}

/** It answers no questions: all that is judged is that it ends well, and that the system then finishes the cell. */
export function judgeOwnCommand(
  cell: PreparedCell,
  plan: CellPlan,
  launched: Launched,
  paths: CellPaths,
): readonly CheckEvent[] {
  const starts = judgeStart(cell, launched, { state: "answered", complete: true, frames: new Map() }, paths);
  const refusal = launched.stopped === undefined ? finishAround(cell, plan.bundle, launched.exit === 0) : undefined;
  if (starts.verdict !== "pass") return blockedCell(cell, starts);
  if (refusal !== undefined) return blockedCell(cell, { verdict: "fail", code: "not-finished", seen: refusal });
  const reason = "the case runs a command of its own, which answers no questions";
  const skip = { type: "check", verdict: "skip", code: "not-observable", reason } as const;
  return [{ type: "check", id: cell.starts, ...starts }, ...cell.asked.map(({ check }) => ({ ...skip, id: check }))];
}
