/** The client of the adapter protocol: asks an adapter, and starts it again when it has broken. */
import { CupelError } from "../../src/errors.ts";
import { printCompact } from "../../src/json/print.ts";
import type { JsonObject } from "../../src/json/value.ts";
import { type Introduction, readIntroduction } from "../../src/suite/introduction.ts";
import { type AdapterCommand, type AdapterProcess, startAdapter } from "./adapter-process.ts";
import { type Answer, type Broken, type Conversation, conversation } from "./conversation.ts";
import { codes, protocol } from "./rpc.ts";

/** An adapter that has been started. */
export interface Adapter {
  /** What it said of itself when it was first started, or how it failed to. */
  readonly introduced: Introduction | (Broken & { readonly errors: string });
  /** One request to `generate`. After an answer of kind `broken` the next one goes to a fresh process. */
  generate(params: JsonObject): Promise<Answer>;
  /** The leader of the process group that answers now. */
  pid(): number | undefined;
  /**
   * Tells it to end, and ends what is left of it. Gives what was wrong with its end, undefined when nothing was: an answer
   * of kind `broken` that blames the `previous` request means that one was answered twice.
   */
  close(): Promise<(Broken & { readonly errors: string }) | undefined>;
}

/** Everything was told to end while an answer was waited for. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** A program may take this long to start, in milliseconds, however quickly it must answer then. */
const startTime = 30_000;

/** So many starts in a row that fail are enough. */
const mostStarts = 3;

/** So many requests in a row on which it hangs are enough: each of them takes the whole time limit. */
const mostHangs = 10;

type Failure = Broken & { readonly errors: string };

/**
 * Starts an adapter and has it introduce itself. `timeout` is for each request after that, in milliseconds. When `stopped` is
 * aborted, the adapter is killed with everything that it started, and whoever waits for it gets {@link Interrupted}.
 */
export async function openAdapter(command: AdapterCommand, timeout: number, stopped: AbortSignal): Promise<Adapter> {
  let process: AdapterProcess | undefined;
  let talk: Conversation | undefined;
  let failedStarts = 0;
  let hangs = 0;

  const drop = (): void => {
    process?.kill();
    process = undefined;
    talk = undefined;
  };
  stopped.addEventListener("abort", drop);
  const ask = async (to: Conversation, method: string, params: JsonObject, limit = timeout): Promise<Answer> => {
    const answer = await to.ask(method, params, limit);
    if (stopped.aborted) throw new Interrupted();
    return answer;
  };
  /** Starts a process and has it introduce itself. */
  const start = async (): Promise<Introduction | Failure> => {
    if (stopped.aborted) throw new Interrupted();
    process = startAdapter(command);
    const fresh = conversation(process);
    const said = introduction(await ask(fresh, "initialize", { protocol }, Math.max(timeout, startTime)));
    if ("kind" in said) {
      failedStarts += 1;
      drop();
    } else {
      failedStarts = 0;
      talk = fresh;
    }
    return said;
  };

  const introduced = await start();
  // What does not even start once is not tried again for every case.
  let givenUp: Failure | undefined = "kind" in introduced ? introduced : undefined;

  return {
    introduced,
    generate: async (params) => {
      if (givenUp !== undefined) return givenUp;
      if (talk === undefined) {
        const started = await start();
        if ("kind" in started) {
          const failure = { ...started, reason: `it could not be started again: ${started.reason}` };
          if (failedStarts >= mostStarts)
            givenUp = { ...failure, reason: `given up after ${mostStarts} starts: ${started.reason}` };
          return failure;
        }
      }
      if (talk === undefined) throw new Interrupted();
      const answer = await ask(talk, "generate", params);
      if (answer.kind !== "broken") {
        hangs = 0;
        return answer;
      }
      drop();
      if (answer.blames === "this") hangs = answer.code === "adapter-hung" ? hangs + 1 : 0;
      if (hangs >= mostHangs) {
        givenUp = { ...answer, errors: "", reason: `given up after ${mostHangs} requests in a row: ${answer.reason}` };
      }
      return answer;
    },
    pid: () => process?.pid,
    close: async () => {
      const failure = process === undefined || talk === undefined ? undefined : await shutDown(process, talk, timeout);
      drop();
      stopped.removeEventListener("abort", drop);
      if (stopped.aborted) throw new Interrupted();
      return failure;
    },
  };
}

/** `shutdown` is answered with null, and then the process ends with 0. */
async function shutDown(process: AdapterProcess, talk: Conversation, timeout: number): Promise<Failure | undefined> {
  const answer = await talk.ask("shutdown", {}, timeout);
  if (answer.kind === "broken") return answer;
  const { errors } = answer;
  if (answer.kind === "error") return { ...misbehaved(`refused shutdown: ${answer.error.message}`), errors };
  if (answer.result !== null) return { ...misbehaved("answered shutdown with something else than null"), errors };
  const end = await process.finish(timeout);
  if (end === undefined) {
    const reason = `the adapter did not end within ${timeout / 1000} s after shutdown`;
    return { kind: "broken", code: "adapter-hung", reason, blames: "this", errors };
  }
  if (end === endedWell) return undefined;
  return {
    ...misbehaved(`did not end with exit status 0 after shutdown: ${end}`),
    errors: errors + process.takeErrors(),
  };
}

const endedWell = "it ended with exit status 0";

function introduction(answer: Answer): Introduction | Failure {
  const { errors } = answer;
  if (answer.kind === "broken") return answer;
  if (answer.kind === "error") {
    const { code, message } = answer.error;
    const what =
      code === codes.unknownProtocol ? `does not speak protocol ${protocol}` : `refused initialize (${code})`;
    return { ...misbehaved(`${what}: ${message}`), errors };
  }
  try {
    return readIntroduction(printCompact(answer.result), "its answer to initialize");
  } catch (error) {
    if (!(error instanceof CupelError)) throw error;
    return { ...misbehaved(`introduced itself wrongly: ${error.message}`), errors };
  }
}

function misbehaved(what: string): Broken {
  return { kind: "broken", code: "adapter-refused", reason: `the adapter ${what}`, blames: "this" };
}
