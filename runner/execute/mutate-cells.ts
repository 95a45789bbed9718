/** Whether the rules notice weakened sandboxes in real cells: the executed half of `cupel mutate`. */

import { globMatcher } from "../../src/glob.ts";
import type { Config } from "../../src/oci/config.ts";
import { killedStatically, type Mutant } from "../../src/policy/mutant.ts";
import { applyPatch } from "../../src/policy/patch.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { mutantName } from "../../src/suite/mutate-configs.ts";
import { groupBy } from "../group-by.ts";
import { executeCell } from "./cell/execute-cell.ts";
import type { AskedPromise, PreparedCell } from "./cell/prepare-cell.ts";
import type { PreparedRun } from "./prepare-run.ts";
import { whyIgnored } from "./runtime/why-ignored.ts";

/** How many cells a mutant is tried in before it counts as a survivor. */
const tries = 4;

/** Id of the executed check of a mutant. */
export function executedCheckId(mutant: Mutant, runtime: string): string {
  return `${mutantName(mutant)}#run/killed[${mutant.weakens}]@${runtime}+privileged`;
}

/**
 * Executes `mutants` on each runtime of `run`, `jobs` at a time, and hands over one check for each. A mutant is killed
 * when a check of its rule that passes in the untouched cell fails in the weakened one: the promises that are judged are
 * those of the untouched config.
 */
export async function executeMutants(
  run: PreparedRun,
  mutants: readonly Mutant[],
  jobs: number,
  emit: (check: CheckEvent) => void,
): Promise<void> {
  const controls = new Map<string, Promise<ReadonlySet<string>>>();
  const passing = (cell: PreparedCell): Promise<ReadonlySet<string>> => {
    const known = controls.get(cell.id) ?? passedChecks(run, cell);
    controls.set(cell.id, known);
    return known;
  };
  const waiting = run.runtimes
    .flatMap(({ profile }) => mutants.map((mutant) => ({ mutant, runtime: profile.name })))
    .values();
  const work = async (): Promise<void> => {
    for (const { mutant, runtime } of waiting) {
      const cells = run.cells.filter(
        (cell) => cell.runtime.profile.name === runtime && weakened(cell, mutant).length > 0,
      );
      emit(await judgeExecuted(run, mutant, executedCheckId(mutant, runtime), cells, passing));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
}

type Passing = (cell: PreparedCell) => Promise<ReadonlySet<string>>;

async function judgeExecuted(
  run: PreparedRun,
  mutant: Mutant,
  id: string,
  cells: readonly PreparedCell[],
  passing: Passing,
): Promise<CheckEvent> {
  const blind = cells.map((cell) => whyBlind(cell, mutant));
  const showing = cells.filter((_, index) => blind[index] === undefined);
  const obstacles = blind.filter((reason) => reason !== undefined).slice(0, showing.length === 0 ? 1 : 0);
  let survived: string | undefined;
  let tried = 0;
  for (const cell of inTurn(showing)) {
    if (run.world.bounds.interrupted.aborted || tried === tries) break;
    const before = await passing(cell);
    const own = new Set(
      weakened(cell, mutant)
        .map(({ check }) => check)
        .filter((check) => before.has(check)),
    );
    if (own.size === 0) {
      obstacles.push("what it weakens is not seen to hold in the untouched cell");
      continue;
    }
    tried++;
    const { checks } = await executeCell(run.again(cell), run.world, (config) => applyPatch(config, mutant.patch));
    const starts = checks.find((check) => check.id === cell.starts);
    const judged = checks.filter(({ id: check }) => own.has(check));
    // Of a cell that did not start there may be verdicts all the same, from a second start.
    if (starts !== undefined && starts.verdict !== "pass" && judged.every(({ verdict }) => verdict === "skip")) {
      obstacles.push(
        (starts.verdict === "skip" ? starts.reason : starts.code) ?? String(starts.seen ?? "did not start"),
      );
      continue;
    }
    const kill = judged.find(({ verdict }) => verdict === "fail");
    if (kill !== undefined) return { type: "check", id, verdict: "pass", seen: kill.id };
    if (judged.some(({ verdict }) => verdict === "pass")) survived ??= cell.case.fullId;
    else obstacles.push("what it weakens is not observable there");
  }
  if (run.world.bounds.interrupted.aborted) {
    return { type: "check", id, verdict: "error", code: "interrupted", reason: "the run was interrupted" };
  }
  if (survived !== undefined) {
    const reason = `survived: executed in ${survived}, and ${mutant.rule} still says that everything holds`;
    return { type: "check", id, verdict: "fail", code: "survived", promised: "noticed", seen: "not noticed", reason };
  }
  const reason = obstacles[0] === undefined ? "it weakens no executed cell" : `never ran: ${obstacles[0]}`;
  return { type: "check", id, verdict: "skip", code: "not-executed", reason };
}

/** A cell of each system first, then a second of each: what one system cannot show, or does not survive, another may. */
function inTurn(cells: readonly PreparedCell[]): readonly PreparedCell[] {
  const bySystem = [...groupBy(cells, (cell) => cell.case.system).values()];
  const most = Math.max(0, ...bySystem.map(({ length }) => length));
  return Array.from({ length: most }, (_, index) => bySystem.flatMap((own) => own.slice(index, index + 1))).flat();
}

/** Why nothing that `mutant` does to `cell` can be noticed under its runtime. */
function whyBlind(cell: PreparedCell, mutant: Mutant): string | undefined {
  const own = weakened(cell, mutant);
  const blind = own.map((asked) => asked.blind);
  if (!blind.includes(undefined)) return blind[0];
  const shown = own.filter((asked) => asked.blind === undefined).map(({ promised }) => promised);
  return whyIgnored(cell.runtime.profile, cell.config, applyPatch(cell.config, mutant.patch), shown);
}

/**
 * The promises of `cell` that must be seen to break: those that the mutant changes, or, where what it changes is only
 * compared and never asked about, those of the rule that the mutant means. None when it changes nothing here.
 */
function weakened(cell: PreparedCell, mutant: Mutant): readonly AskedPromise[] {
  if ("code" in cell.plan) return [];
  const after = applyPatch(cell.config, mutant.patch);
  const { affected } = killedStatically(mutant, cell.plan.config, after as unknown as Config);
  if (affected.length === 0) return [];
  const own = cell.asked.filter(({ rule }) => rule.id === mutant.rule);
  const changed = own.filter(({ promised }) => affected.includes(promised.subject));
  const meant = globMatcher(mutant.weakens);
  return changed.length > 0 ? changed : own.filter(({ promised }) => meant(promised.subject));
}

/** The checks of the untouched cell that pass: only those can be said to notice something. */
async function passedChecks(run: PreparedRun, cell: PreparedCell): Promise<ReadonlySet<string>> {
  const { checks } = await executeCell(run.again(cell), run.world);
  return new Set(checks.filter(({ verdict }) => verdict === "pass").map(({ id }) => id));
}
