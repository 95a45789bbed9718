/** A cell before it is made: its plan, what it promises, what will be asked, and the ids of its checks. */
import type { Json, JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { type Question, standInFiles } from "../../../src/policy/question.ts";
import { questionLine } from "../../../src/policy/question-line.ts";
import type { CellFacts, Promised, Rule } from "../../../src/policy/rule.ts";
import { findRule, promisesOf, rules } from "../../../src/policy/rules.ts";
import type { PlacedCase } from "../../../src/suite/case.ts";
import type { CellPlan, PlanFailure } from "../../../src/suite/plan-cell.ts";
import type { Caller } from "../jail/can-jail.ts";
import { blindTo } from "../runtime/blind-to.ts";
import { lint } from "../runtime/profile-words.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { unmappableIds } from "../runtime/unmappable-ids.ts";

/** A question with the line that identifies it: it is made once, since every answer is looked up by it. */
export interface AskedQuestion<Q extends Question = Question> {
  readonly line: string;
  readonly question: Q;
}

/** One promise that will be judged. */
export interface AskedPromise {
  readonly promised: Promised;
  readonly rule: Rule;
  /** None where the runtime is blind. */
  readonly questions: readonly AskedQuestion[];
  readonly check: string;
  /** Why the runtime cannot show it. */
  readonly blind?: string;
}

/** A cell that can be executed. */
export interface PreparedCell {
  /** `CASE@RUNTIME+CALLER`. */
  readonly id: string;
  readonly case: PlacedCase;
  readonly runtime: Runtime;
  readonly directory: string;
  readonly facts: CellFacts;
  readonly starts: string;
  readonly plan: CellPlan | PlanFailure;
  /** What the runtime gets: the plan's config with the adaptations. */
  readonly config: Json;
  readonly adaptations: readonly string[];
  readonly asked: readonly AskedPromise[];
  /** Why the runtime is known to hang on this config. */
  readonly hang: string | undefined;
  /** Why this caller cannot execute it anywhere. */
  readonly unsuited: string | undefined;
}

/** What a cell needs to know of its run. */
export interface CellSetting {
  readonly directory: string;
  /** Placed in the config where it has none; with the cell's own last component. */
  readonly cgroup: string;
  /** Whether the jail is the user namespace of an ordinary user. */
  readonly inUserNamespace?: boolean;
  /** Whether it has more ids than that user's own one. */
  readonly hasManyIds?: boolean;
  readonly facts: Pick<CellFacts, "token" | "canaryPid" | "port" | "socket">;
}

/** The id of a check of an executed case. */
export function runCheckId(caseId: string, rule: string, subject: string, runtime: string, caller: Caller): string {
  return `${caseId}#run/${rule}[${subject}]@${runtime}+${caller}`;
}

/** Prepares the cell of `c` on `runtime`. Pure but for what it is given. */
export function prepareCell(
  c: PlacedCase,
  runtime: Runtime,
  plan: CellPlan | PlanFailure,
  setting: CellSetting,
  caller: Caller,
): PreparedCell {
  const name = runtime.profile.name;
  const failed = "code" in plan;
  const facts: CellFacts = {
    ...setting.facts,
    bundle: failed ? setting.directory : plan.bundle.bundle,
    outputs: failed ? [] : plan.bundle.outputs,
    afterwards: failed ? [] : (plan.bundle.afterwards ?? []),
    unshownMountOptions: runtime.profile.unshownMountOptions ?? [],
    standIns: standInFiles.filter((file) => runtime.profile.standIns?.[file] !== undefined),
    ownInodes: runtime.profile.ownInodes === true,
  };
  const adapted = failed ? { config: {}, adaptations: [] } : adapt(plan.config, setting.cgroup, runtime, caller);
  const unsuited = failed ? undefined : unsuitedTo(plan.config, setting, runtime, caller);
  const promises =
    failed || unsuited !== undefined
      ? []
      : [...promisesOf(plan.config), ...rules.flatMap((rule) => rule.ofCell?.(facts) ?? [])];
  const asked = promises.flatMap((promised): readonly AskedPromise[] => {
    const rule = findRule(promised.rule);
    const questions = rule.ask(promised, facts).map((question) => ({ line: questionLine(question), question }));
    if (questions.length === 0) return [];
    // A path of this very run must not be part of a stable id.
    const subject = promised.subject.replaceAll(setting.directory, "{{cell}}");
    const check = runCheckId(c.fullId, promised.rule, subject, name, caller);
    const blind = failed ? undefined : blindTo(runtime.profile, plan.config, promised);
    return [
      blind === undefined ? { promised, rule, questions, check } : { promised, rule, questions: [], check, blind },
    ];
  });
  return {
    id: `${c.fullId}@${name}+${caller}`,
    case: c,
    runtime,
    directory: setting.directory,
    facts,
    starts: runCheckId(c.fullId, "starts", "cell", name, caller),
    plan,
    ...adapted,
    asked,
    hang: failed ? undefined : knownHang(runtime, plan.config),
    unsuited,
  };
}

/** Why this caller cannot execute a cell of `config`. */
function unsuitedTo(config: Config, setting: CellSetting, runtime: Runtime, caller: Caller): string | undefined {
  // Of another user than this process's own the ranges were looked at before.
  const maps = caller === "privileged" || setting.inUserNamespace === true ? unmappableIds(runtime, config) : undefined;
  if (caller === "privileged" || maps !== undefined) return maps;
  if (canUnshare(setting, runtime)) return undefined;
  if (!hasUserNamespace(config)) {
    return "an ordinary user can only start a cell with a user namespace, and this config has none";
  }
  if (config.linux?.cgroupsPath === undefined) return lacksIds(setting, runtime);
  return "an ordinary user cannot make the cgroup that this config names";
}

/** Unshare makes the other namespaces within the one that the jail of an ordinary user is. */
function canUnshare({ inUserNamespace }: CellSetting, { profile }: Runtime): boolean {
  return inUserNamespace === true && profile.kind === "unshare";
}

/** Other runtimes map more ids into a cell than the one of this user. */
function lacksIds({ inUserNamespace, hasManyIds }: CellSetting, { profile }: Runtime): string | undefined {
  if (inUserNamespace !== true || hasManyIds !== false || profile.kind === "unshare") return undefined;
  return "this user has no subordinate ids for the cell (/etc/subuid, newuidmap); cupel doctor says more";
}

function hasUserNamespace({ linux }: Config): boolean {
  return linux?.namespaces?.some(({ type }) => type === "user") === true;
}

/** Why `runtime` is known to hang on `config`; undefined where it is not. */
export function knownHang(runtime: Runtime, config: Config): string | undefined {
  return runtime.profile.hangs.find(({ lint: word }) => lint(word, config))?.reason;
}

/** The adaptations that every runtime needs; none touches what a rule judges. Unshare and ordinary users place nothing in cgroups. */
function adapt(
  config: Config,
  cgroup: string,
  { profile }: Runtime,
  caller: Caller,
): { config: Json; adaptations: readonly string[] } {
  const adaptations: string[] = [];
  const linux = (config.linux ?? {}) as unknown as JsonObject;
  const adapted: { [key: string]: Json } = { ...(config as unknown as JsonObject) };
  if (config.linux?.cgroupsPath === undefined && profile.kind !== "unshare" && caller === "privileged") {
    adapted["linux"] = { ...linux, cgroupsPath: cgroup };
    adaptations.push("cgroup path below cupel's own, since the config names none");
  }
  if (config.process?.terminal === true) adaptations.push("terminal supplied by script(1)");
  return { config: adapted, adaptations };
}
