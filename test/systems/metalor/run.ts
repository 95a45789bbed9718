/** Runs metalor's operations in memory. */
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { type MemoryHost, memoryHost } from "../../../src/suite/memory-host.ts";
import type { BuildCellSpec } from "../../../src/systems/metalor/spec.ts";
import { metalor } from "../../../src/systems/metalor/system.ts";
import { Misfit } from "../../../src/systems/misfit.ts";
import { Rejection } from "../../../src/systems/rejection.ts";

/** A cell that is accepted, with `changes`. */
export function cell(changes: Partial<BuildCellSpec> = {}): BuildCellSpec {
  return {
    root: "/srv/root",
    scratch: "/srv/scratch",
    workspacePath: "/w",
    workspaceSeed: "Empty",
    imports: [],
    caches: [],
    exports: [],
    command: { cwd: "/w", executable: "make", argv: [] },
    env: [],
    network: "Enabled",
    limits: { cpuTimeSeconds: null, memoryBytes: null, maxProcesses: null },
    cleanup: "Always",
    ...changes,
  };
}

/** A request `{ spec }` for {@link cell}, and `more`. */
export function specRequest(changes: Partial<BuildCellSpec> = {}, more: JsonObject = {}): Json {
  return { spec: cell(changes) as unknown as Json, ...more };
}

/** The value of `operation`; throws what it throws. */
export function run(operation: string, request: Json, options: Json = {}, host: MemoryHost = memoryHost()): Json {
  const found = metalor.operations[operation];
  if (found === undefined) throw new Error(`metalor has no operation ${operation}`);
  return found.run(request, options, host);
}

/** The words in which `operation` refuses; throws when it does not. */
export function refusal(operation: string, request: Json, host?: MemoryHost): string {
  return failure(() => run(operation, request, {}, host), Rejection).message;
}

/** The pointer to the field that does not fit; throws when all fit. */
export function misfit(operation: string, request: Json, options: Json = {}): string {
  return failure(() => run(operation, request, options), Misfit).pointer;
}

function failure<Failure extends Error>(work: () => unknown, kind: abstract new (...args: never) => Failure): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error("the request was accepted");
}
