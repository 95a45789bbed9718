/** The messages of JSON-RPC 2.0, as far as the adapter protocol uses them. */
import { isArray, isObject, type Json, type JsonObject } from "../../src/json/value.ts";

/** The version of the adapter protocol. */
export const protocol = 1;

/** Longest message, in bytes. */
export const longestMessage: number = 16 * 1024 * 1024;

/** Codes of JSON-RPC itself, and those of the adapter protocol. */
export const codes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  /** The system refuses the request, in upstream's words. */
  rejected: 1,
  /** The implementation does not have this system or operation. */
  notImplemented: 2,
  /** The protocol version is unknown. */
  unknownProtocol: 3,
  /** Real files would be in danger where upstream goes on. */
  refusedForSafety: 4,
} as const;

/** An error to be answered. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;
  readonly data: Json | undefined;

  constructor(code: number, message: string, data?: Json) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** A request; one without an id is a notification and gets no answer. */
export interface RpcRequest {
  readonly id: Json | undefined;
  readonly method: string;
  /** By name; empty when none were given. Lists of parameters are kept for the method to refuse. */
  readonly params: Json;
}

/** Either a request, or the answer that a malformed one gets. */
export type ReadRequest = { readonly request: RpcRequest } | { readonly refusal: JsonObject };

/** Reads one message. Everything that is no request of JSON-RPC 2.0 is refused with -32600. */
export function readRequest(message: Json): ReadRequest {
  const refuse = (id: Json, problem: string): ReadRequest => {
    return { refusal: failure(id, new RpcError(codes.invalidRequest, problem)) };
  };
  if (isArray(message)) return refuse(null, "batches are no part of this protocol");
  if (!isObject(message)) return refuse(null, "a message is a JSON object");
  const { id, method, params } = message;
  const isId = id === undefined || id === null || ["string", "number", "bigint"].includes(typeof id);
  if (!isId) return refuse(null, "id must be a string, a number or null");
  const known = id ?? null;
  if (message["jsonrpc"] !== "2.0") return refuse(known, 'jsonrpc must be "2.0"');
  if (typeof method !== "string") return refuse(known, "method must be a string");
  if (params !== undefined && !isObject(params) && !isArray(params)) {
    return refuse(known, "params must be an object or a list");
  }
  return { request: { id, method, params: params ?? {} } };
}

/** The answer that carries a result. */
export function success(id: Json, result: Json): JsonObject {
  return { jsonrpc: "2.0", id, result };
}

/** The answer that carries an error. */
export function failure(id: Json, { code, message, data }: RpcError): JsonObject {
  return { jsonrpc: "2.0", id, error: data === undefined ? { code, message } : { code, message, data } };
}
