/** A whole run inside the jail: prepares every cell, so that the schedule is known, then executes them side by side. */
import { mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { CupelError } from "../../src/errors.ts";
import type { Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import {
  type CellPlan,
  type CellTokens,
  type PlanFailure,
  placeCell,
  planCell,
  planFrom,
} from "../../src/suite/plan-cell.ts";
import { type Profile, takesSystem } from "../../src/suite/profile.ts";
import { findSystem } from "../../src/systems/registry.ts";
import { goldenPath } from "../load/load-goldens.ts";
import { parseNamed } from "../load/read-document.ts";
import { giveTo, type OrdinaryUser } from "./as-user.ts";
import { type CallerTokens, callerTokens, userTokens } from "./caller-tokens.ts";
import type { CellWorld } from "./cell/cell-world.ts";
import { type ExecutedCell, executeCell } from "./cell/execute-cell.ts";
import { keepCells } from "./cell/keep-cell.ts";
import { type CellSetting, type PreparedCell, prepareCell, runCheckId } from "./cell/prepare-cell.ts";
import { findToolbox } from "./cell/toolbox.ts";
import { type Caller, hasManyIds } from "./jail/can-jail.ts";
import { type Canaries, startCanaries } from "./jail/canaries.ts";
import { makeCgroups } from "./jail/cgroups.ts";
import type { Jail } from "./jail/inside.ts";
import { makeNodes } from "./jail/nodes.ts";
import { cgroupRoot } from "./jail/state.ts";
import { findRuntime, type Runtime } from "./runtime/runtime.ts";
import { slots } from "./slots.ts";
import { firstCells } from "./trial/first-cells.ts";
import { type Trial, type TrialSetting, tryCell } from "./trial/trial-cell.ts";
import type { TrialPart } from "./trial/trial-config.ts";
import { type UnusableRuntime, unusableChecks } from "./trial/unusable.ts";

/** What to execute. */
export interface RunRequest {
  /** Every case here has `run`. */
  readonly cases: readonly PlacedCase[];
  /** Text of a case's golden. */
  readonly golden: (caseId: string) => string | undefined;
  /** Profiles with the path a user gave, if any; `named` when the user asked for this one. */
  readonly runtimes: readonly { readonly profile: Profile; readonly path?: string; readonly named?: boolean }[];
  /** Whether it is found out at once which of the runtimes start anything. */
  readonly tries?: boolean;
  /** How many cells may run side by side meanwhile; one when absent. */
  readonly jobs?: number;
  /** Milliseconds a cell may take. */
  readonly timeout: number;
  /** Bytes a cell may write. */
  readonly outputCap?: number;
  /** Another text for the step: only tests of cupel itself use it. */
  readonly step?: string;
  /** Whether the cases' own commands are trusted: the shipped ones are, others by --trust-commands. */
  readonly trustCommands?: boolean;
  /** Whether the cases are those that come with cupel. */
  readonly shipped?: boolean;
  /** Absolute path of a directory, not there yet, to copy every cell's directory to. */
  readonly keep?: string;
  /** Who generates the configs, when it is not our own systems. Throws what ends the run. */
  readonly generate?: (
    c: PlacedCase,
    request: Json,
    options: Json,
  ) => Promise<{ readonly config: Json } | { readonly failure: PlanFailure }>;
  /** The user that root executes the cells as; only configs with a user namespace can be executed then. */
  readonly as?: OrdinaryUser;
}

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

const defaultOutputCap = 4 * 1024 * 1024;

/** Prepares everything that `request` asks for. Throws {@link CupelError}. */
export async function prepareRun(jail: Jail, request: RunRequest): Promise<PreparedRun> {
  const found = await Promise.all(request.runtimes.map(({ profile, path }) => findRuntime(profile, path)));
  const here = found.filter((runtime): runtime is Runtime => "path" in runtime);
  const missing = found.filter((runtime) => "reason" in runtime);
  const skipped = missing.flatMap(({ profile, reason, cure }) => skipAll(request.cases, profile, `${reason}; ${cure}`));
  for (const directory of ["cells", "runtimes"]) mkdirSync(`${jail.work}/${directory}`, { mode: 0o711 });
  writeFileSync(`${jail.work}/runtimes/empty`, "");
  if (request.as !== undefined) giveTo(request.as, `${jail.work}/runtimes`); // where they keep their state
  makeNodes(`${jail.work}/nodes`);
  makeCgroups(jail.cgroups);
  const canaries = await startCanaries(jail.work);
  try {
    const world = await makeWorld(jail, request, canaries);
    const caller = request.as === undefined ? callerTokens() : userTokens(request.as);
    let made = 0;
    const spotFor = (): Spot => spotOf(jail, made++, caller);
    const prepare = (c: PlacedCase, runtime: Runtime): PreparedCell => {
      const spot = spotFor();
      const plan = planCell(c, findSystem(c.system), goldenOf(c, request), spot.tokens, memoryHost());
      return prepareOne(jail, request, c, runtime, plan, spot, canaries);
    };
    const planned = async (c: PlacedCase, runtime: Runtime): Promise<PreparedCell> => {
      const { generate } = request;
      if (generate === undefined) return prepare(c, runtime);
      const spot = spotFor();
      const plan = await planAsked(c, goldenOf(c, request), spot.tokens, generate);
      return prepareOne(jail, request, c, runtime, plan, spot, canaries);
    };
    const trial: PreparedRun["trial"] = (runtime, parts) => {
      const spot = spotFor();
      return tryCell(runtime, parts, trialSetting(jail, request, spot, canaries), world);
    };
    const turns = slots(request.jobs ?? 1);
    const first = firstCells(
      (cell) => executeCell(cell, { ...world, slots: turns }),
      (runtime) => trial(runtime, []),
    );
    const cells: PreparedCell[] = [];
    for (const runtime of here) {
      for (const c of request.cases.filter(({ system }) => takesSystem(runtime.profile, system))) {
        const cell = await planned(c, runtime);
        cells.push(cell);
        if (request.tries === true) first.planned(cell);
      }
    }
    const again = (cell: PreparedCell): PreparedCell => prepare(cell.case, cell.runtime);
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
      again,
      first: first.begun,
      trial,
      close: () => canaries.stop(),
    };
  } catch (error) {
    await canaries.stop(); // they would keep this process alive
    throw error;
  }
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

function prepareOne(
  jail: Jail,
  request: RunRequest,
  c: PlacedCase,
  runtime: Runtime,
  plan: CellPlan | PlanFailure,
  spot: Spot,
  canaries: Canaries,
): PreparedCell {
  return prepareCell(c, runtime, plan, settingOf(jail, spot, canaries), callerOf(jail, request));
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

function callerOf(jail: Jail, { as }: RunRequest): Caller {
  return as === undefined ? jail.caller : "unprivileged";
}

function trialSetting(jail: Jail, request: RunRequest, spot: Spot, canaries: Canaries): TrialSetting {
  return { cell: settingOf(jail, spot, canaries), caller: callerOf(jail, request), tokens: spot.tokens };
}

async function makeWorld(jail: Jail, request: RunRequest, canaries: Canaries): Promise<CellWorld> {
  return {
    canaries,
    toolbox: await findToolbox(),
    step: request.step ?? readFileSync(new URL("./probe/step.sh", import.meta.url), "utf8"),
    jail: { mounts: readlinkSync("/proc/self/ns/mnt"), kernel: release() },
    cgroups: jail.cgroups,
    nodes: `${jail.work}/nodes`,
    runtimeRoot: `${jail.work}/runtimes`,
    bounds: {
      timeout: request.timeout,
      outputCap: request.outputCap ?? defaultOutputCap,
      interrupted: jail.interrupted,
    },
    hostCalls: new Map(),
    references: new Map(),
    trustCommands: request.trustCommands === true,
    shipped: request.shipped === true,
    ...(request.keep === undefined ? {} : { beforeRemoval: keepCells(request.keep) }),
    ...(request.as === undefined ? {} : { as: request.as }),
  };
}

/** The skips of a runtime that is not here: one for each case that it would take. */
export function skipAll(cases: readonly PlacedCase[], profile: Profile, reason: string): readonly CheckEvent[] {
  return startsOf(cases, profile).map((id) => ({
    type: "check",
    id,
    verdict: "skip",
    code: "not-executable-here",
    reason,
  }));
}

function startsOf(cases: readonly PlacedCase[], profile: Profile): readonly string[] {
  return cases
    .filter(({ system }) => takesSystem(profile, system))
    .map((c) => runCheckId(c.fullId, "starts", "cell", profile.name, c.run?.caller ?? "privileged"));
}

/** Every check id of `run`, in the order of its cells. */
export function scheduleOf(run: PreparedRun): readonly string[] {
  return [
    ...run.skipped.map(({ id }) => id),
    ...run.cells.flatMap((cell) => [cell.starts, ...cell.asked.map(({ check }) => check)]),
  ];
}

/**
 * Executes the cells of `run`, `jobs` runtimes at a time, and hands over their events as they come. One more cell than that
 * is on its way, so that the next one is made and the last one judged while a runtime works. When `enough` says so, no
 * further one is begun.
 */
export async function executeRun(
  run: PreparedRun,
  jobs: number,
  emit: (event: Event) => void,
  enough: () => boolean = () => false,
): Promise<void> {
  for (const check of run.skipped) emit(check);
  const world = { ...run.world, slots: slots(Math.max(1, jobs)) };
  const waiting = run.cells.values();
  const work = async (): Promise<void> => {
    for (const cell of waiting) {
      if (enough()) return;
      const { cell: event, checks } = await (run.first.get(cell) ?? executeCell(cell, world));
      emit(event);
      for (const check of checks) emit(check);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) + 1 }, work));
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
