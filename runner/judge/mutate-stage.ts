/** The stages of `cupel mutate`: every mutant on the configs of the table, then in real cells. */
import { isObject, type Json } from "../../src/json/value.ts";
import type { Mutant } from "../../src/policy/mutant.ts";
import { rules } from "../../src/policy/rules.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { judgeStatically, mutantName, type Subject, staticCheckId } from "../../src/suite/mutate-configs.ts";
import { perform } from "../../src/suite/perform.ts";
import { yieldsConfig } from "../../src/suite/yields-config.ts";
import { findOperation } from "../../src/systems/registry.ts";
import type { Jail } from "../execute/jail/inside.ts";
import { executedCheckId, executeMutants } from "../execute/mutate-cells.ts";
import { prepareRun } from "../execute/run-cells.ts";
import { executable, type RunOptions, type RunStage, stageOfSkips } from "./run-stage.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** Tries `mutants` on every config of the table. */
export function staticMutants(selection: Selection, mutants: readonly Mutant[]): Stage {
  return {
    checks: mutants.map(staticCheckId),
    runtimes: [],
    offers: [],
    judge: async (emit) => {
      const subjects = configsOf(selection);
      for (const mutant of mutants) emit(judgeStatically(mutant, subjects));
    },
  };
}

/** Tries `mutants` in the executable cases of the table, in the jail. */
export async function executedMutants(
  selection: Selection,
  mutants: readonly Mutant[],
  jail: Jail,
  options: RunOptions,
): Promise<RunStage> {
  const cases = executable(selection);
  const { shipped } = selection.root;
  const trustCommands = shipped || options.trustCommands === true;
  const golden = (id: string): string | undefined => selection.goldens.of(id);
  const run = await prepareRun(jail, { cases, golden, ...options, shipped, trustCommands });
  const runtimes = run.runtimes.map(({ profile, path, version }) => ({ name: profile.name, path, version }));
  const missing = options.runtimes.filter(({ profile }) => !runtimes.some(({ name }) => name === profile.name));
  const reasons = new Map(run.skipped.map((check) => [runtimeOf(check.id), check.reason ?? ""]));
  const skipped = missing.flatMap(({ profile }) =>
    mutants.map((mutant) => skip(executedCheckId(mutant, profile.name), reasons.get(profile.name) ?? "not installed")),
  );
  const ids = runtimes.flatMap(({ name }) => mutants.map((mutant) => executedCheckId(mutant, name)));
  return {
    checks: [...skipped.map(({ id }) => id), ...ids],
    runtimes,
    offers: runtimes.map(({ name }) => name),
    judge: async (emit) => {
      for (const check of skipped) emit(check);
      await executeMutants(run, mutants, options.jobs, emit);
    },
    close: () => run.close(),
    plans: () => [],
  };
}

/** The executed half where nothing can be executed. */
export function skippedMutants(mutants: readonly Mutant[], options: RunOptions, reason: string): RunStage {
  return stageOfSkips(
    options.runtimes.flatMap(({ profile }) =>
      mutants.map((mutant) => skip(executedCheckId(mutant, profile.name), reason)),
    ),
  );
}

/** One line for each rule: how many mutants it has, and how many of them were noticed in configs and in cells. */
export function scores(mutants: readonly Mutant[], checks: readonly CheckEvent[]): readonly string[] {
  const verdicts = new Map<string, CheckEvent[]>();
  for (const check of checks) {
    const name = check.id.slice(0, check.id.indexOf("#"));
    verdicts.set(name, [...(verdicts.get(name) ?? []), check]);
  }
  const score = (own: readonly CheckEvent[]): string => {
    const judged = own.filter(({ verdict }) => verdict !== "skip");
    return `${judged.filter(({ verdict }) => verdict === "pass").length}/${judged.length}`;
  };
  const rows = rules.map(({ id }) => {
    const names = mutants.filter(({ rule }) => rule === id).map(mutantName);
    const own = names.flatMap((name) => verdicts.get(name) ?? []);
    const [configs, cells] = [
      own.filter(({ id: check }) => check.endsWith("#config")),
      own.filter(({ id: check }) => !check.endsWith("#config")),
    ];
    return [id, String(names.length), score(configs ?? []), score(cells ?? [])];
  });
  const table = [["rule", "mutants", "in configs", "in cells"], ...rows.filter(([, count]) => count !== "0")];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  return table.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function configsOf(selection: Selection): readonly Subject[] {
  return selection.cases.flatMap((c): readonly Subject[] => {
    if (!yieldsConfig(c)) return [];
    const outcome = perform(c, findOperation(c.system, c.operation));
    const value: Json | undefined = "value" in outcome ? outcome.value : undefined;
    return isObject(value) ? [{ id: c.fullId, config: value }] : [];
  });
}

function skip(id: string, reason: string): CheckEvent {
  return { type: "check", id, verdict: "skip", code: "not-executable-here", reason };
}

function runtimeOf(check: string): string {
  return /@([^@+]*)\+/.exec(check)?.[1] ?? "";
}
