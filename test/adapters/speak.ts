/** What the miniature implementations are made of: each answers as cupel does, but for one thing that it gets wrong. */
import { writeSync } from "node:fs";
import process from "node:process";
import { callMethod } from "../../runner/adapter/methods.ts";
import { readLines } from "../../runner/adapter/read-lines.ts";
import { failure, RpcError, readRequest, success } from "../../runner/adapter/rpc.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import { isObject, type Json, type JsonObject } from "../../src/json/value.ts";

/** A request, with the answer that would be right. */
export interface Asked {
  readonly id: Json;
  readonly method: string;
  /** Parameters of `generate`; null for other methods. */
  readonly system: Json;
  readonly operation: Json;
  readonly request: Json;
  readonly options: Json;
  /** The right answer: a message with `result` or `error`. */
  readonly right: JsonObject;
  /** Its result, undefined for an error. */
  readonly result: Json | undefined;
  /** The answer that would be right for other options. */
  rightFor(options: Json): JsonObject;
  /** The message that carries another result. */
  answer(result: Json): JsonObject;
  /** The message that carries an error. */
  refuse(code: number, message: string): JsonObject;
}

/** Lines as they are, or one message; undefined says nothing. */
export type Said = JsonObject | readonly string[] | undefined;

/** Answers until `shutdown`: `generate` as `say` does, the rest as is right unless `sayOthers` is given. */
export async function speak(
  say: (asked: Asked) => Said,
  sayOthers: (asked: Asked) => Said = ({ right }) => right,
): Promise<void> {
  for await (const line of readLines(process.stdin, Number.POSITIVE_INFINITY)) {
    if (!("bytes" in line)) continue;
    const asked = readAsked(new TextDecoder().decode(line.bytes));
    const said = asked.method === "generate" ? say(asked) : sayOthers(asked);
    const lines =
      said === undefined ? [] : Array.isArray(said) ? (said as readonly string[]) : [printCompact(said as JsonObject)];
    for (const text of lines) writeAll(`${text}\n`);
    if (asked.method === "shutdown") process.exit(0);
  }
}

/** Writes to standard output at once, however slowly it is read. */
export function writeAll(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

function readAsked(text: string): Asked {
  const read = readRequest(parseJson(text));
  if ("refusal" in read) throw new Error(printCompact(read.refusal));
  const { id = null, method, params } = read.request;
  const { system = null, operation = null, request = null, options = null } = isObject(params) ? params : {};
  const right = rightAnswer(id, method, params);
  return {
    id,
    method,
    system,
    operation,
    request,
    options,
    right,
    result: right["result"],
    rightFor: (others) => rightAnswer(id, method, { system, operation, request, options: others }),
    answer: (result) => success(id, result),
    refuse: (code, message) => failure(id, new RpcError(code, message)),
  };
}

function rightAnswer(id: Json, method: string, params: Json): JsonObject {
  try {
    return success(id, callMethod(method, params, false));
  } catch (error) {
    if (error instanceof RpcError) return failure(id, error);
    throw error;
  }
}
