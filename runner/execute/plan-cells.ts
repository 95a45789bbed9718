/** Plans the cells of a run: each gets a place of its own, and a config for that place. */
import { CupelError } from "../../src/errors.ts";
import type { Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import {
  type CellPlan,
  type CellTokens,
  type PlanFailure,
  placeCell,
  planCell,
  planFrom,
} from "../../src/suite/plan-cell.ts";
import { findSystem } from "../../src/systems/registry.ts";
import { goldenPath } from "../load/load-goldens.ts";
import { parseNamed } from "../load/read-document.ts";
import { type CallerTokens, callerTokens, userTokens } from "./caller-tokens.ts";
import { type CellSetting, type PreparedCell, prepareCell } from "./cell/prepare-cell.ts";
import { type Caller, hasManyIds } from "./jail/can-jail.ts";
import type { Canaries } from "./jail/canaries.ts";
import type { Jail } from "./jail/inside.ts";
import { cgroupRoot } from "./jail/state.ts";
import type { RunRequest } from "./run-request.ts";
import type { Runtime } from "./runtime/runtime.ts";
import type { TrialSetting } from "./trial/trial-cell.ts";

/** Gives out the places of a run. */
export interface CellPlanner {
  /** The cell of a case, with a config from whoever generates them. */
  plan(c: PlacedCase, runtime: Runtime): Promise<PreparedCell>;
  /** The same cell in another place, with a config of our own systems. */
  again(c: PlacedCase, runtime: Runtime): PreparedCell;
  /** A place for a trial cell. */
  trial(): TrialSetting;
}

/** A planner for `request`; what it makes belongs to `jail`. Its functions throw {@link CupelError} `no-golden`. */
export function cellPlanner(jail: Jail, request: RunRequest, canaries: Canaries): CellPlanner {
  const tokens = request.as === undefined ? callerTokens() : userTokens(request.as);
  const caller: Caller = request.as === undefined ? jail.caller : "unprivileged";
  let made = 0;
  const next = (): Spot => spotOf(jail, made++, tokens);
  const prepare = (c: PlacedCase, runtime: Runtime, plan: CellPlan | PlanFailure, spot: Spot): PreparedCell =>
    prepareCell(c, runtime, plan, settingOf(jail, spot, canaries), caller);
  const again: CellPlanner["again"] = (c, runtime) => {
    const spot = next();
    return prepare(
      c,
      runtime,
      planCell(c, findSystem(c.system), goldenOf(c, request), spot.tokens, memoryHost()),
      spot,
    );
  };
  return {
    plan: async (c, runtime) => {
      const { generate } = request;
      if (generate === undefined) return again(c, runtime);
      const spot = next();
      return prepare(c, runtime, await planAsked(c, goldenOf(c, request), spot.tokens, generate), spot);
    },
    again,
    trial: () => ({ cell: settingOf(jail, next(), canaries), caller, tokens }),
  };
}

/** Where a cell will be, before anything is known of it. */
interface Spot {
  readonly directory: string;
  readonly cgroup: string;
  readonly tokens: CellTokens;
}

function spotOf(jail: Jail, index: number, caller: CallerTokens): Spot {
  const name = String(index).padStart(6, "0");
  const directory = `${jail.work}/cells/${name}`;
  const cgroup = `${jail.cgroups}/${name}`;
  const tokens = { cell: directory, cgroup, container: cgroup.slice(cgroupRoot.length + 1), ...caller };
  return { directory, cgroup, tokens };
}

/** The plan of a cell whose config somebody else generates. */
async function planAsked(
  c: PlacedCase,
  golden: Json,
  tokens: CellTokens,
  generate: NonNullable<RunRequest["generate"]>,
): Promise<CellPlan | PlanFailure> {
  const placed = placeCell(c, findSystem(c.system), tokens);
  if ("code" in placed) return placed;
  const given = await generate(c, placed.request, placed.options);
  return "failure" in given ? given.failure : planFrom(c, placed, golden, given.config);
}

function settingOf(
  jail: Jail,
  { directory, cgroup }: Spot,
  { token, pid: canaryPid, port, socket }: Canaries,
): CellSetting {
  return {
    directory,
    cgroup,
    inUserNamespace: jail.caller === "unprivileged",
    hasManyIds: hasManyIds(),
    facts: { token, canaryPid, port, socket },
  };
}

function goldenOf(c: PlacedCase, request: RunRequest): Json {
  const text = request.golden(c.fullId);
  if (text === undefined) {
    throw new CupelError("no-golden", `${c.fullId} is to be executed but has no golden`, {
      hint: "only cases that expect a golden can have `run`",
    });
  }
  return parseNamed(text, goldenPath(c.fullId));
}
