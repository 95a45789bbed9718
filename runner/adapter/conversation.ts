/** Asks one adapter process, one request at a time, and notices when it breaks the protocol. */
import { setImmediate } from "node:timers";
import { printCompact } from "../../src/json/print.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import type { AdapterProcess, Incoming } from "./adapter-process.ts";
import { type AnsweredError, type ReadAnswer, readAnswer } from "./read-answer.ts";
import { longestMessage } from "./rpc.ts";

/** What a request came to. `errors` is what the adapter wrote to standard error meanwhile. */
export type Answer = (
  | { readonly kind: "result"; readonly result: Json }
  | { readonly kind: "error"; readonly error: AnsweredError }
  | Broken
) & { readonly errors: string };

/** The adapter broke the protocol; this process of it is of no more use. */
export interface Broken {
  readonly kind: "broken";
  /** A code of checks. */
  readonly code:
    | "adapter-hung"
    | "adapter-died"
    | "adapter-garbage"
    | "adapter-flood"
    | "adapter-lied"
    | "adapter-refused";
  /** A sentence about "the adapter". */
  readonly reason: string;
  /** Which request it failed: this one, or the one before, which it answered twice. */
  readonly blames: "this" | "previous";
}

/** One process, asked in turn. */
export interface Conversation {
  /** Sends a request and waits for its answer, at most `timeout` milliseconds. Not to be used again after `broken`. */
  ask(method: string, params: JsonObject, timeout: number): Promise<Answer>;
}

/** A conversation with `process`, which has just been started. Ids count from 1. */
export function conversation(process: AdapterProcess): Conversation {
  let last = 0;
  return {
    ask: async (method, params, timeout) => {
      last += 1;
      // What came since the last answer belongs to nobody.
      process.takeErrors();
      process.send(`${printCompact({ jsonrpc: "2.0", id: last, method, params })}\n`);
      const answer = await awaitAnswer(process, last, method, timeout);
      await letErrorsArrive(answer.kind === "broken");
      return { ...answer, errors: process.takeErrors() };
    },
  };
}

type Found =
  | { readonly kind: "result"; readonly result: Json }
  | { readonly kind: "error"; readonly error: AnsweredError }
  | Broken;

async function awaitAnswer(process: AdapterProcess, id: number, method: string, timeout: number): Promise<Found> {
  const latest = performance.now() + timeout;
  for (;;) {
    const incoming = await process.next(Math.max(0, latest - performance.now()));
    if ("bytes" in incoming) {
      // Empty lines are passed over, as our own server does.
      if (incoming.bytes.every(isBlank)) continue;
      return judge(readAnswer(incoming.bytes), id, method);
    }
    return brokenBy(incoming, method, timeout);
  }
}

function judge(answer: ReadAnswer, id: number, method: string): Found {
  if ("problem" in answer)
    return broken("adapter-garbage", `answered ${method} with something that is no answer: ${answer.problem}`);
  if (answer.id === id)
    return "result" in answer ? { kind: "result", result: answer.result } : { kind: "error", error: answer.error };
  if (answer.id === id - 1 && id > 1) {
    return { ...broken("adapter-lied", `answered the request with id ${id - 1} twice`), blames: "previous" };
  }
  if (answer.id === null && "error" in answer) {
    return broken("adapter-garbage", `did not understand ${method}: ${answer.error.message} (${answer.error.code})`);
  }
  return broken("adapter-lied", `answered ${method} with the id ${printCompact(answer.id)} instead of ${id}`);
}

function brokenBy(
  incoming: Exclude<Incoming, { readonly bytes: Uint8Array }>,
  method: string,
  timeout: number,
): Broken {
  if ("tooLong" in incoming)
    return broken("adapter-flood", `answered ${method} with a line longer than ${longestMessage / 1024 / 1024} MiB`);
  if ("ended" in incoming) return broken("adapter-died", `gave no answer to ${method}: ${incoming.ended}`);
  return broken("adapter-hung", `gave no answer to ${method} within ${timeout / 1000} s`);
}

function broken(code: Broken["code"], what: string): Broken {
  return { kind: "broken", code, reason: `the adapter ${what}`, blames: "this" };
}

/** Standard error is another pipe than standard output, and may be read a moment later. */
function letErrorsArrive(isOver: boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isOver) setTimeout(() => setImmediate(resolve), 50);
    else setImmediate(resolve);
  });
}

/** Space, tab or carriage return. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}
