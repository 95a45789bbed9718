/** The methods of the adapter protocol, answered by our own systems. */
import { CupelError } from "../../src/errors.ts";
import { isObject, type Json, type JsonObject } from "../../src/json/value.ts";
import { Misfit } from "../../src/systems/misfit.ts";
import { findOperation, systems } from "../../src/systems/registry.ts";
import { Rejection } from "../../src/systems/rejection.ts";
import { runOperation } from "../host/run-operation.ts";
import { cupelVersion } from "../version.ts";
import { codes, protocol, RpcError } from "./rpc.ts";

/** Answers `method`; `trusted`: commands of requests may run. Throws {@link RpcError} for everything that is answered with an error. */
export function callMethod(method: string, params: Json, trusted: boolean): Json {
  if (method === "initialize") return initialize(params);
  if (method === "generate") return generate(params, trusted);
  if (method === "shutdown") return null;
  throw new RpcError(codes.methodNotFound, `there is no method ${JSON.stringify(method)}`);
}

function initialize(params: Json): Json {
  const asked = named(params, ["protocol"])["protocol"];
  if (typeof asked !== "number" && typeof asked !== "bigint") throw invalid("/protocol", "expected a number");
  if (asked !== protocol) {
    throw new RpcError(codes.unknownProtocol, `protocol ${asked} is unknown`, { supported: [protocol] });
  }
  return {
    protocol,
    implementation: { name: "cupel", version: cupelVersion() },
    operations: Object.fromEntries(systems.map(({ name, operations }) => [name, Object.keys(operations)])),
    revisions: Object.fromEntries(systems.map(({ name, revisions }) => [name, revisions.map(({ id }) => id)])),
  };
}

function generate(params: Json, trusted: boolean): Json {
  const members = named(params, ["system", "operation", "request", "options"]);
  const system = textAt(members, "system");
  const operation = textAt(members, "operation");
  const { request, options = {} } = members;
  if (request === undefined) throw invalid("/request", "is missing");
  expectImplemented(system, operation);
  try {
    return runOperation(system, operation, request, options, trusted);
  } catch (error) {
    throw answerOf(error);
  }
}

function expectImplemented(system: string, operation: string): void {
  try {
    findOperation(system, operation);
  } catch (error) {
    if (error instanceof CupelError) throw new RpcError(codes.notImplemented, error.message);
    throw error;
  }
}

/** How the protocol says what an operation threw; a bug stays what it is. */
function answerOf(error: unknown): unknown {
  if (error instanceof Rejection) {
    const kind = error.class === undefined ? {} : { class: error.class };
    return new RpcError(codes.rejected, error.message, { code: error.code, ...kind });
  }
  if (error instanceof Misfit) return new RpcError(codes.invalidParams, error.message, { pointer: error.pointer });
  if (!(error instanceof CupelError)) return error;
  const code = error.code === "refused-for-safety" ? codes.refusedForSafety : codes.notImplemented;
  return new RpcError(code, error.message, { code: error.code });
}

/** Parameters by name, none but `names`. */
function named(params: Json, names: readonly string[]): JsonObject {
  if (!isObject(params)) throw new RpcError(codes.invalidParams, "parameters are given by name, as an object");
  const unknown = Object.keys(params).find((name) => !names.includes(name));
  if (unknown !== undefined) throw invalid(`/${unknown}`, `is no parameter; there is ${names.join(", ")}`);
  return params;
}

function textAt(members: JsonObject, name: string): string {
  const value = members[name];
  if (typeof value !== "string") throw invalid(`/${name}`, value === undefined ? "is missing" : "expected a string");
  return value;
}

function invalid(pointer: string, problem: string): RpcError {
  return new RpcError(codes.invalidParams, `${pointer}: ${problem}`, { pointer });
}
