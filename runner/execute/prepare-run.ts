/** A whole run inside the jail: prepares every cell, so that the schedule is known. */
import { mkdirSync, writeFileSync } from "node:fs";
import type { CheckEvent } from "../../src/suite/event.ts";
import { takesSystem } from "../../src/suite/profile.ts";
import { giveTo } from "./as-user.ts";
import type { CellWorld } from "./cell/cell-world.ts";
import { type ExecutedCell, executeCell } from "./cell/execute-cell.ts";
import type { PreparedCell } from "./cell/prepare-cell.ts";
import { type Canaries, startCanaries } from "./jail/canaries.ts";
import { makeCgroups } from "./jail/cgroups.ts";
import type { Jail } from "./jail/inside.ts";
import { makeNodes } from "./jail/nodes.ts";
import { makeWorld } from "./make-world.ts";
import { cellPlanner } from "./plan-cells.ts";
import type { RunRequest } from "./run-request.ts";
import { findRuntime, type Runtime } from "./runtime/runtime.ts";
import { skipAll, startsOf } from "./skip-all.ts";
import { slots } from "./slots.ts";
import { firstCells } from "./trial/first-cells.ts";
import { type Trial, tryCell } from "./trial/trial-cell.ts";
import type { TrialPart } from "./trial/trial-config.ts";
import { type UnusableRuntime, unusableChecks } from "./trial/unusable.ts";

/** A run whose every check is known. */
export interface PreparedRun {
  /** Those that can be used. */
  readonly runtimes: readonly Runtime[];
  /** Those that were tried and start no cell. */
  readonly unusable: readonly UnusableRuntime[];
  readonly cells: readonly PreparedCell[];
  /** Checks that cannot be executed here, with the reason and the cure; of those runtimes too. */
  readonly skipped: readonly CheckEvent[];
  readonly world: CellWorld;
  /** The same cell anew, in a directory of its own, for executing it more than once. */
  again(cell: PreparedCell): PreparedCell;
  /** What became of cells that have been executed already, to find out which runtimes start anything. */
  readonly first: ReadonlyMap<PreparedCell, Promise<ExecutedCell>>;
  /** Whether a runtime starts the smallest cell with these parts. */
  trial(runtime: Runtime, parts: readonly TrialPart[]): Promise<Trial>;
  /** Ends the canaries. */
  close(): Promise<void>;
}

/** Prepares everything that `request` asks for. Throws {@link CupelError}. */
export async function prepareRun(jail: Jail, request: RunRequest): Promise<PreparedRun> {
  const found = await Promise.all(
    request.runtimes.map(({ profile, path, program }) => findRuntime(profile, path, program)),
  );
  const here = found.filter((runtime): runtime is Runtime => "path" in runtime);
  const missing = found.filter((runtime) => "reason" in runtime);
  const skipped = missing.flatMap(({ profile, reason, cure }) => skipAll(request.cases, profile, `${reason}; ${cure}`));
  makePlaces(jail, request);
  const canaries = await startCanaries(jail.work);
  try {
    return await prepareCells(jail, request, canaries, here, skipped);
  } catch (error) {
    await canaries.stop(); // they would keep this process alive
    throw error;
  }
}

/** What cells share of the work file system and of the cgroups. */
function makePlaces(jail: Jail, request: RunRequest): void {
  for (const directory of ["cells", "runtimes"]) mkdirSync(`${jail.work}/${directory}`, { mode: 0o711 });
  writeFileSync(`${jail.work}/runtimes/empty`, "");
  if (request.as !== undefined) giveTo(request.as, `${jail.work}/runtimes`); // where they keep their state
  makeNodes(`${jail.work}/nodes`);
  makeCgroups(jail.cgroups);
}

async function prepareCells(
  jail: Jail,
  request: RunRequest,
  canaries: Canaries,
  here: readonly Runtime[],
  skipped: readonly CheckEvent[],
): Promise<PreparedRun> {
  const world = await makeWorld(jail, request, canaries);
  const planner = cellPlanner(jail, request, canaries);
  const trial: PreparedRun["trial"] = (runtime, parts) => tryCell(runtime, parts, planner.trial(), world);
  const turns = slots(request.jobs ?? 1);
  const first = firstCells(
    (cell) => executeCell(cell, { ...world, slots: turns }),
    (runtime) => trial(runtime, []),
  );
  const cells: PreparedCell[] = [];
  for (const runtime of here) {
    for (const c of request.cases.filter(({ system }) => takesSystem(runtime.profile, system))) {
      const cell = await planner.plan(c, runtime);
      cells.push(cell);
      if (request.tries === true) first.planned(cell);
    }
  }
  const unusable = await first.unusable(({ profile }) =>
    request.runtimes.some((each) => each.profile === profile && each.named === true),
  );
  const usable = (runtime: Runtime): boolean => !unusable.some((each) => each.runtime === runtime);
  const lost = unusable.flatMap((each) => unusableChecks(startsOf(request.cases, each.runtime.profile), each));
  return {
    runtimes: here.filter(usable),
    unusable,
    cells: cells.filter(({ runtime }) => usable(runtime)),
    skipped: [...skipped, ...lost],
    world,
    again: (cell) => planner.again(cell.case, cell.runtime),
    first: first.begun,
    trial,
    close: () => canaries.stop(),
  };
}
