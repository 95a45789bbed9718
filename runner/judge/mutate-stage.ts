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
import { prepareRun } from "../execute/prepare-run.ts";
import { unusableChecks } from "../execute/trial/unusable.ts";
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
  const run = await prepareRun(jail, { cases, golden, tries: true, ...options, shipped, trustCommands });
  const runtimes = run.runtimes.map(({ profile, path, version }) => ({ name: profile.name, path, version }));
  const missing = options.runtimes.filter(({ profile }) => !runtimes.some(({ name }) => name === profile.name));
  const reasons = new Map(run.skipped.map((check) => [runtimeOf(check.id), check.reason ?? ""]));
  const skipped = missing.flatMap(({ profile }) => {
    const ids = mutants.map((mutant) => executedCheckId(mutant, profile.name));
    const unusable = run.unusable.find(({ runtime }) => runtime.profile === profile);
    if (unusable !== undefined) return unusableChecks(ids, unusable);
    return ids.map((id) => skip(id, reasons.get(profile.name) ?? "not installed"));
  });
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

/** One line for each rule: how many mutants it has, and how many of them were noticed in configs and in cells of each runtime. */
export function scores(mutants: readonly Mutant[], checks: readonly CheckEvent[]): readonly string[] {
  const ruleOf = new Map(mutants.map((mutant) => [mutantName(mutant), mutant.rule]));
  const places = new Map<string, Map<string, CheckEvent[]>>([["in configs", new Map()]]);
  for (const check of checks) {
    const name = check.id.slice(0, check.id.indexOf("#"));
    const place = check.id.endsWith("#config") ? "in configs" : `on ${runtimeOf(check.id)}`;
    const byRule = places.get(place) ?? new Map<string, CheckEvent[]>();
    places.set(place, byRule);
    const rule = ruleOf.get(name) ?? "";
    byRule.set(rule, [...(byRule.get(rule) ?? []), check]);
  }
  const rows = rules.flatMap(({ id }): readonly (readonly string[])[] => {
    const count = mutants.filter(({ rule }) => rule === id).length;
    return count === 0 ? [] : [[id, String(count), ...[...places.values()].map((byRule) => score(byRule.get(id)))]];
  });
  const table = [["rule", "mutants", ...places.keys()], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => (row[column] ?? "").length))) ?? [];
  return table.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** How many were noticed of those that could be tried. */
function score(checks: readonly CheckEvent[] = []): string {
  const judged = checks.filter(({ verdict }) => verdict !== "skip");
  return `${judged.filter(({ verdict }) => verdict === "pass").length}/${judged.length}`;
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
