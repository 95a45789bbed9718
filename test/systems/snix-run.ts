/** Runs snix's operations in memory. */
import { isObject, type Json, type JsonObject } from "../../src/json/value.ts";
import { type MemoryHost, memoryHost } from "../../src/suite/memory-host.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import { snix } from "../../src/systems/snix/system.ts";

/** Options that every operation of a bundle takes. */
export const options: JsonObject = {
  rootless: true,
  sandboxShell: "/opt/sh",
  host: { uid: 7, gid: 8, user: "ci", group: "robots", subuid: 500, subgid: 600 },
};

/** {@link options} with `changes` to the host. */
export function withHost(changes: JsonObject, more: JsonObject = {}): JsonObject {
  const { host } = options;
  return { ...options, host: { ...(isObject(host) ? host : {}), ...changes }, ...more };
}

/** The value of `operation`; throws what it throws. */
export function run(operation: string, request: Json, settings: Json = {}, host: MemoryHost = memoryHost()): Json {
  const found = snix.operations[operation];
  if (found === undefined) throw new Error(`snix has no operation ${operation}`);
  return found.run(request, settings, host);
}

/** The words in which `operation` refuses; throws when it does not. */
export function refusal(operation: string, request: Json, settings: Json = {}, host?: MemoryHost): string {
  return failure(operation, request, settings, host, Rejection).message;
}

/** The pointer to the field that does not fit; throws when all fit. */
export function misfit(operation: string, request: Json, settings: Json = {}): string {
  return failure(operation, request, settings, undefined, Misfit).pointer;
}

function failure<Failure extends Error>(
  operation: string,
  request: Json,
  settings: Json,
  host: MemoryHost | undefined,
  kind: abstract new (...args: never) => Failure,
): Failure {
  try {
    run(operation, request, settings, host);
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`${operation} accepted the request`);
}
