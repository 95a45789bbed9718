/** Runs crossplane's operations in memory. */
import type { Json, JsonObject } from "../../../src/json/value.ts";
import { memoryHost } from "../../../src/suite/memory-host.ts";
import { crossplane } from "../../../src/systems/crossplane/system.ts";
import { Misfit } from "../../../src/systems/misfit.ts";
import { Rejection } from "../../../src/systems/rejection.ts";

/** The value of `operation`; throws what it throws. */
export function run(operation: string, request: Json, options: Json = {}): Json {
  const found = crossplane.operations[operation];
  if (found === undefined) throw new Error(`crossplane has no operation ${operation}`);
  return found.run(request, options, memoryHost());
}

/** The words in which `operation` refuses, `accepted` when it does not. */
export function refusal(operation: string, request: Json): string {
  return failure(operation, request, Rejection)?.message ?? "accepted";
}

/** Our code for the refusal. */
export function refusalCode(operation: string, request: Json): string {
  return failure(operation, request, Rejection)?.code ?? "accepted";
}

/** The pointer to the field that does not fit, `fits` when all do. */
export function misfit(operation: string, request: Json, options: Json = {}): string {
  return failure(operation, request, Misfit, options)?.pointer ?? "fits";
}

/** An image option: a function without anything else, with `changes`. */
export function image(changes: JsonObject = {}, files: JsonObject = {}): JsonObject {
  return { kind: "imageConfig", config: { entrypoint: ["/f"], ...changes }, ...files };
}

function failure<Failure extends Error>(
  operation: string,
  request: Json,
  kind: abstract new (...args: never) => Failure,
  options: Json = {},
): Failure | undefined {
  try {
    run(operation, request, options);
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  return undefined;
}
