/** A whole run inside the jail: prepares every cell, so that the schedule is known, then executes them side by side. */
import { existsSync, mkdirSync, readFileSync, readlinkSync } from "node:fs";
import { CupelError } from "../../src/errors.ts";
import type { Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { planCell } from "../../src/suite/plan-cell.ts";
import type { Profile } from "../../src/suite/profile.ts";
import { findSystem } from "../../src/systems/registry.ts";
import { goldenPath } from "../load/load-goldens.ts";
import { parseNamed } from "../load/read-document.ts";
import type { CellWorld } from "./cell/cell-world.ts";
import { executeCell } from "./cell/execute-cell.ts";
import { keepCells } from "./cell/keep-cell.ts";
import { type PreparedCell, prepareCell, runCheckId } from "./cell/prepare-cell.ts";
import { findToolbox } from "./cell/toolbox.ts";
import { type Canaries, startCanaries } from "./jail/canaries.ts";
import { makeCgroups } from "./jail/cgroups.ts";
import type { Jail } from "./jail/inside.ts";
import { findRuntime, type Runtime } from "./runtime/runtime.ts";
import { slots } from "./slots.ts";

/** What to execute. */
export interface RunRequest {
  /** Every case here has `run`. */
  readonly cases: readonly PlacedCase[];
  /** Text of a case's golden. */
  readonly golden: (caseId: string) => string | undefined;
  /** Profiles with the path a user gave, if any. */
  readonly runtimes: readonly { readonly profile: Profile; readonly path?: string }[];
  /** Milliseconds a cell may take. */
  readonly timeout: number;
  /** Bytes a cell may write. */
  readonly outputCap?: number;
  /** Another text for the step: only tests of cupel itself use it. */
  readonly step?: string;
  /** Absolute path of a directory, not there yet, to copy every cell's directory to. */
  readonly keep?: string;
}

/** A run whose every check is known. */
export interface PreparedRun {
  readonly runtimes: readonly Runtime[];
  readonly cells: readonly PreparedCell[];
  /** Checks that cannot be executed here, with the reason and the cure. */
  readonly skipped: readonly CheckEvent[];
  readonly world: CellWorld;
  /** The same cell anew, in a directory of its own, for executing it more than once. */
  again(cell: PreparedCell): PreparedCell;
  /** Ends the canaries. */
  close(): Promise<void>;
}

const defaultOutputCap = 4 * 1024 * 1024;

/** Prepares everything that `request` asks for. Throws {@link CupelError}. */
export async function prepareRun(jail: Jail, request: RunRequest): Promise<PreparedRun> {
  const found = await Promise.all(request.runtimes.map(({ profile, path }) => findRuntime(profile, path)));
  const runtimes = found.filter((runtime): runtime is Runtime => "path" in runtime);
  const missing = found.filter((runtime) => "reason" in runtime);
  const skipped = missing.flatMap(({ profile, reason, cure }) =>
    skipAll(request.cases, profile.name, `${reason}; ${cure}`),
  );
  for (const directory of ["cells", "runtimes"]) mkdirSync(`${jail.work}/${directory}`, { mode: 0o711 });
  makeCgroups(jail.cgroups);
  const canaries = await startCanaries(jail.work);
  try {
    const world = await makeWorld(jail, request, canaries);
    let made = 0;
    const prepare = (c: PlacedCase, runtime: Runtime): PreparedCell =>
      prepareOne(jail, request, c, runtime, made++, canaries);
    const cells = runtimes.flatMap((runtime) => request.cases.map((c) => prepare(c, runtime)));
    const again = (cell: PreparedCell): PreparedCell => prepare(cell.case, cell.runtime);
    return { runtimes, cells, skipped, world, again, close: () => canaries.stop() };
  } catch (error) {
    await canaries.stop(); // they would keep this process alive
    throw error;
  }
}

function prepareOne(
  jail: Jail,
  request: RunRequest,
  c: PlacedCase,
  runtime: Runtime,
  index: number,
  { token, pid: canaryPid, port, socket }: Canaries,
): PreparedCell {
  const name = String(index).padStart(6, "0");
  const directory = `${jail.work}/cells/${name}`;
  const tokens = { cell: directory, ...callerIds() };
  const plan = planCell(c, findSystem(c.system), goldenOf(c, request), tokens, memoryHost());
  const setting = { directory, cgroup: `${jail.cgroups}/${name}`, facts: { token, canaryPid, port, socket } };
  return prepareCell(c, runtime, plan, setting, "privileged");
}

async function makeWorld(jail: Jail, request: RunRequest, canaries: Canaries): Promise<CellWorld> {
  return {
    canaries,
    toolbox: await findToolbox(),
    step: request.step ?? readFileSync(new URL("./probe/step.sh", import.meta.url), "utf8"),
    jailMounts: readlinkSync("/proc/self/ns/mnt"),
    cgroups: jail.cgroups,
    runtimeRoot: `${jail.work}/runtimes`,
    bounds: {
      timeout: request.timeout,
      outputCap: request.outputCap ?? defaultOutputCap,
      interrupted: jail.interrupted,
    },
    hostCalls: new Map(),
    ...(request.keep === undefined ? {} : { beforeRemoval: keepCells(request.keep) }),
  };
}

/** The skips of a whole run that cannot take place here: one for each case and runtime. */
export function skipAll(cases: readonly PlacedCase[], runtime: string, reason: string): readonly CheckEvent[] {
  return cases.map((c) => ({
    type: "check",
    id: runCheckId(c.fullId, "starts", "cell", runtime, c.run?.caller ?? "privileged"),
    verdict: "skip",
    code: "not-executable-here",
    reason,
  }));
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
 * is on its way, so that the next one is made and the last one judged while a runtime works.
 */
export async function executeRun(run: PreparedRun, jobs: number, emit: (event: Event) => void): Promise<void> {
  for (const check of run.skipped) emit(check);
  const world = { ...run.world, slots: slots(Math.max(1, jobs)) };
  const waiting = run.cells.values();
  const work = async (): Promise<void> => {
    for (const cell of waiting) {
      const { cell: event, checks } = await executeCell(cell, world);
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

/** Ids of the caller and the first of its subordinate ones; root needs no entry there, so it takes the usual 100000. */
function callerIds(): { uid: number; gid: number; subuid: number; subgid: number } {
  const uid = process.getuid?.() ?? 0;
  return {
    uid,
    gid: process.getgid?.() ?? 0,
    subuid: firstSubordinate("/etc/subuid", uid),
    subgid: firstSubordinate("/etc/subgid", uid),
  };
}

function firstSubordinate(file: string, uid: number): number {
  const names = new Set([String(uid), ...(uid === 0 ? ["root"] : [])]);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const line = lines
    .map((text) => text.split(":"))
    .find(([name = "", , count]) => names.has(name) && Number(count) > 0);
  return Number(line?.[1] ?? 100_000);
}
