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
  readonly code: "differs-from-golden" | "not-executable";
  readonly pointer: string;
  readonly promised?: Json;
  readonly seen?: Json;
  readonly message: string;
}

/**
 * Plans the cell of `c`, which has `run`. `generate` makes the config (our own system or somebody's adapter); `golden` is
 * the recorded document. Throws what `generate` throws.
 */
export function planCell(
  c: PlacedCase,
  system: System,
  golden: Json,
  tokens: CellTokens,
  host: Host,
  generate?: (request: Json, options: Json) => Json,
): CellPlan | PlanFailure {
  const before: Json = { request: c.request, options: c.options ?? {} };
  const patch = { ...(c.run?.with ?? {}) } as Json;
  const filled = fillTokens(mergePatch(before, patch), { ...tokens });
  if (!isObject(filled))
    throw new CupelError("bad-case", `${c.fullId}: run.with must keep request and options objects`);
  const request = filled["request"] ?? {};
  const operation = system.operations[configOperation(system)];
  if (operation === undefined) throw new Error(`${system.name} has no config operation`);
  const make = generate ?? ((r: Json, o: Json): Json => operation.run(r, o, host));
  let placed: ReturnType<System["bundlePlan"]>;
  let config: Json;
  try {
    placed = system.bundlePlan(request, filled["options"] ?? {}, `${tokens.cell}/bundle`);
    config = make(placed.request ?? request, placed.options);
  } catch (error) {
    if (error instanceof Misfit) throw misfitOf(c, error);
    if (error instanceof Rejection) return refusedBy(system, error);
    throw error;
  }
  const used = placed.request ?? request;
  const facts = placed.explains ?? [];
  const [first] = unexplained(
    golden,
    config,
    { request: c.request, options: c.options ?? {}, facts: facts.map((fact) => fact.before) },
    { request: used, options: placed.options, facts: facts.map((fact) => fact.after) },
  );
  if (first !== undefined) {
    return {
      code: "differs-from-golden",
      pointer: first.pointer,
      ...(first.golden === undefined ? {} : { promised: first.golden }),
      ...(first.executed === undefined ? {} : { seen: first.executed }),
      message: "the executed config differs from the golden in more than was substituted",
    };
  }
  return { request: used, options: placed.options, config: config as unknown as Config, bundle: placed.plan };
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
