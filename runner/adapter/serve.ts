/** The server side of the adapter protocol: one message a line, one answer a line. */
import { JsonError } from "../../src/json/json-error.ts";
import { parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { callMethod } from "./methods.ts";
import { type Line, readLines } from "./read-lines.ts";
import { codes, failure, longestMessage, RpcError, type RpcRequest, readRequest, success } from "./rpc.ts";

type Streams = Pick<Terminal, "stdin" | "stdout" | "stderr">;

/**
 * Answers until `shutdown` or the end of the input; both end with exit code 0. Empty lines are passed over. `trusted`: the
 * commands of requests may run.
 */
export async function serve({ stdin, stdout, stderr }: Streams, trusted: boolean): Promise<number> {
  const complain = (error: unknown): void => {
    stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  };
  for await (const line of readLines(stdin(), longestMessage)) {
    if ("bytes" in line && line.bytes.every(isBlank)) continue;
    const { answer, ends } = reply(line, trusted, complain);
    if (answer !== undefined) stdout.write(`${printCompact(answer)}\n`);
    await stdout.drain();
    if (ends) break;
  }
  return 0;
}

interface Reply {
  /** Undefined for a notification. */
  readonly answer?: Json;
  readonly ends: boolean;
}

function reply(line: Line, trusted: boolean, complain: (error: unknown) => void): Reply {
  const message = parseLine(line);
  if (message instanceof RpcError) return { answer: failure(null, message), ends: false };
  const read = readRequest(message);
  if ("refusal" in read) return { answer: read.refusal, ends: false };
  const { request } = read;
  const answer = answerTo(request, trusted, complain);
  const ends = request.method === "shutdown";
  return request.id === undefined ? { ends } : { answer, ends };
}

function answerTo(
  { id = null, method, params }: RpcRequest,
  trusted: boolean,
  complain: (error: unknown) => void,
): Json {
  try {
    return success(id, callMethod(method, params, trusted));
  } catch (error) {
    if (error instanceof RpcError) return failure(id, error);
    complain(error);
    const message = error instanceof Error ? error.message : String(error);
    return failure(id, new RpcError(codes.internalError, `this is a bug in cupel: ${message}`));
  }
}

function parseLine(line: Line): Json | RpcError {
  if ("tooLong" in line) {
    return new RpcError(codes.invalidRequest, `a message has at most ${longestMessage} bytes`);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line.bytes);
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return new RpcError(codes.parseError, error.message);
    return new RpcError(codes.parseError, "the message is not UTF-8 text");
  }
}

/** Space, tab or carriage return. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}
