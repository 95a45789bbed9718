/** From a case to what will be executed: request and config with the machine's facts in, and the proof that nothing else changed. */
import { CupelError } from "../errors.ts";
import { mergePatch } from "../json/merge-patch.ts";
import { isObject, type Json } from "../json/value.ts";
import type { Config } from "../oci/config.ts";
import type { Host } from "../systems/host.ts";
import { configOperation } from "../systems/main-operation.ts";
import { Misfit } from "../systems/misfit.ts";
import { Rejection } from "../systems/rejection.ts";
import type { BundlePlan, System } from "../systems/system.ts";
import type { PlacedCase } from "./case.ts";
import { fillTokens, unexplained } from "./substitute.ts";

/** The facts of the machine that stand in the tokens of a case. */
export interface CellTokens {
  /** Absolute path of the cell's directory. */
  readonly cell: string;
  /** Its cgroup path, absolute. */
  readonly cgroup: string;
  /** The same without its first component, which is the containerd namespace `cupel`. */
  readonly container: string;
  readonly uid: number;
  readonly gid: number;
  readonly subuid: number;
  readonly subgid: number;
  /** Names of the capabilities in the caller's bounding set, in the order of their numbers. */
  readonly capabilities: readonly string[];
  /** Supplementary groups of the caller. */
  readonly groups: readonly number[];
}

/** Everything that is known of a cell before it is made. */
export interface CellPlan {
  readonly request: Json;
  readonly options: Json;
  readonly config: Config;
  readonly bundle: BundlePlan;
}

/** A case that cannot become a cell as its golden says. */
export interface PlanFailure {
  /** `differs-from-golden`, `not-executable`, or why an implementation gave no config. */
  readonly code: string;
  /** A failure unless it says otherwise. */
  readonly verdict?: "error" | "skip";
  readonly pointer: string;
  readonly promised?: Json;
  readonly seen?: Json;
  readonly message: string;
}

/** A case with the facts of a machine in it, before its config is generated. */
export interface PlacedCell {
  readonly request: Json;
  readonly options: Json;
  readonly bundle: BundlePlan;
  /** What else explains a difference from the golden. */
  readonly facts: NonNullable<ReturnType<System["bundlePlan"]>["explains"]>;
}

/** Plans the cell of `c`, which has `run`, with our own system; `golden` is the recorded document. */
export function planCell(
  c: PlacedCase,
  system: System,
  golden: Json,
  tokens: CellTokens,
  host: Host,
): CellPlan | PlanFailure {
  const operation = system.operations[configOperation(system)];
  if (operation === undefined) throw new Error(`${system.name} has no config operation`);
  const placed = placeCell(c, system, tokens);
  if ("code" in placed) return placed;
  const config = orRefusal(c, system, () => operation.run(placed.request, placed.options, host));
  return "failure" in config ? config.failure : planFrom(c, placed, golden, config.value);
}

/** Puts the facts of the machine into the case, whoever is to generate its config. */
export function placeCell(c: PlacedCase, system: System, tokens: CellTokens): PlacedCell | PlanFailure {
  const before: Json = { request: c.request, options: c.options ?? {} };
  const patch = { ...(c.run?.with ?? {}) } as Json;
  const filled = fillTokens(mergePatch(before, patch), { ...tokens });
  if (!isObject(filled))
    throw new CupelError("bad-case", `${c.fullId}: run.with must keep request and options objects`);
  const { request = {}, options = {} } = filled;
  const placed = orRefusal(c, system, () => system.bundlePlan(request, options, `${tokens.cell}/bundle`));
  if ("failure" in placed) return placed.failure;
  const { plan, options: used, request: changed = request, explains = [] } = placed.value;
  return { request: changed, options: used, bundle: plan, facts: explains };
}

/** The plan of a cell whose config is `config`, unless that differs from the golden in more than the facts explain. */
export function planFrom(c: PlacedCase, placed: PlacedCell, golden: Json, config: Json): CellPlan | PlanFailure {
  const { request, options, bundle, facts } = placed;
  const [first] = unexplained(
    golden,
    config,
    { request: c.request, options: c.options ?? {}, facts: facts.map((fact) => fact.before) },
    { request, options, facts: facts.map((fact) => fact.after) },
  );
  if (first === undefined) return { request, options, config: config as unknown as Config, bundle };
  return {
    code: "differs-from-golden",
    pointer: first.pointer,
    ...(first.golden === undefined ? {} : { promised: first.golden }),
    ...(first.executed === undefined ? {} : { seen: first.executed }),
    message: "the executed config differs from the golden in more than was substituted",
  };
}

/** What `work` gives, or the failure that a refusal of the system is. */
function orRefusal<Value>(
  c: PlacedCase,
  system: System,
  work: () => Value,
): { readonly value: Value } | { readonly failure: PlanFailure } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof Misfit) throw misfitOf(c, error);
    if (error instanceof Rejection) return { failure: refusedBy(system, error) };
    throw error;
  }
}

function misfitOf({ fullId }: PlacedCase, error: Misfit): CupelError {
  return new CupelError("bad-case", `${fullId}: what run.with puts in does not fit: ${error.message}`, {
    hint: "run.with is a merge patch over request and options; null removes a key",
  });
}

function refusedBy({ name }: System, { message }: Rejection): PlanFailure {
  const said = `${name} refuses the request with what run.with puts in: ${message}`;
  return { code: "not-executable", pointer: "", message: said };
}
