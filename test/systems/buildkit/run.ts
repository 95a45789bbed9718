/** Runs BuildKit's operations in memory. */
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { memoryHost } from "../../../src/suite/memory-host.ts";
import { buildkit } from "../../../src/systems/buildkit/system.ts";
import { Misfit } from "../../../src/systems/misfit.ts";
import { Rejection } from "../../../src/systems/rejection.ts";

/** The value of `operation`; throws what it throws. */
export function run(operation: string, request: Json, options: Json = {}): Json {
  const found = buildkit.operations[operation];
  if (found === undefined) throw new Error(`buildkit has no operation ${operation}`);
  return found.run(request, options, memoryHost());
}

/** The words in which `operation` refuses; throws when it does not. */
export function refusal(operation: string, request: Json, options: Json = {}): string {
  return failure(operation, request, options, Rejection).message;
}

/** The pointer to the field that does not fit; throws when all fit. */
export function misfit(operation: string, request: Json, options: Json = {}): string {
  return failure(operation, request, options, Misfit).pointer;
}

function failure<Failure extends Error>(
  operation: string,
  request: Json,
  options: Json,
  kind: abstract new (...args: never) => Failure,
): Failure {
  try {
    run(operation, request, options);
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`${operation} accepted the request`);
}

/** A request of `config` with `changes`. */
export function step(changes: JsonObject = {}): JsonObject {
  return { id: "c1", meta: { args: ["/bin/true"], cwd: "/" }, network: { mode: "none" }, ...changes };
}

/** A mount of one source. */
export function mount(dest: string, source: JsonObject, more: JsonObject = {}): JsonObject {
  return { dest, src: { kind: "static", ...source }, ...more };
}

/** A bind in a list of one. */
export function bind(source: string, ...options: readonly string[]): readonly JsonObject[] {
  return [{ type: "bind", source, options: options.length === 0 ? ["rbind"] : options }];
}
