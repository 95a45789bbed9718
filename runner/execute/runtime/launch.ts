/** Runs a command to its end under a deadline and an output cap, with pipes for all three streams, never /dev/null. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { CupelError } from "../../../src/errors.ts";
import { canaryVariable } from "../jail/canaries.ts";
import { minimalEnvironment, ownCopyVariable } from "../jail/tools.ts";

/** How a launched command is bounded. */
export interface Bounds {
  /** Milliseconds. */
  readonly timeout: number;
  /** Bytes of standard output and error together. */
  readonly outputCap: number;
  readonly interrupted: AbortSignal;
}

/** What to launch. */
export interface Launch {
  readonly command: readonly string[];
  /** Written to standard input at once. */
  readonly input: string;
  /** Keep standard input open until the end (a terminal shows its closing). */
  readonly keepInputOpen: boolean;
  /** When `mark` comes out, `during` looks at what is still alive below process `pid`; then a line lets the command go on. */
  readonly hold?: { readonly mark: string; during(pid: number): void };
  readonly cwd: string;
  /** Given to the command as CUPEL_CANARY; an extra descriptor 3 goes with it. */
  readonly canary: string;
  /** Ends the command's cell when it must end early. Called at most once; must not throw. */
  kill(pid: number): Promise<void>;
}

/** How a command ended. */
export interface Launched {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly ms: number;
  /** Why it was ended early, if it was. */
  readonly stopped: "time-out" | "output-cap" | "interrupted" | "stuck" | undefined;
}

/** After killing, how long to wait for the streams to close before they are given up. Milliseconds. */
const grace = 10_000;

/** How a process ended by itself, all its streams closed. */
type Ended = Pick<Launched, "exit" | "signal">;

/** Launches and waits. Throws CupelError `cannot-start` when there is nothing to wait for. */
export async function launch(what: Launch, bounds: Bounds): Promise<Launched> {
  const started = performance.now();
  const child = start(what);
  const ended = endOf(child, what);
  let stopped: Launched["stopped"];
  let giveUp: NodeJS.Timeout | undefined;
  let abandon: (nothing: undefined) => void = () => {};
  const abandoned = new Promise<undefined>((resolve) => {
    abandon = resolve;
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  let received = 0;
  const stop = (why: NonNullable<Launched["stopped"]>): void => {
    if (stopped !== undefined) return;
    stopped = why;
    giveUp = setTimeout(() => abandon(undefined), grace);
    if (child.pid !== undefined) void what.kill(child.pid);
  };
  const collect = (into: Buffer[]) => (chunk: Buffer) => {
    received += chunk.length;
    if (received <= bounds.outputCap) into.push(chunk);
    else stop("output-cap"); // and keep draining
  };
  child.stdout?.on("data", collect(output));
  if (what.hold !== undefined) watchHold(child, what.hold, what.keepInputOpen);
  child.stderr?.on("data", collect(errors));
  drain(child.stdio[3]);
  // It may end before it has read, or reset what it was given.
  for (const stream of child.stdio) stream?.on("error", () => {});
  child.stdin?.write(what.input);
  if (!what.keepInputOpen && what.hold === undefined) child.stdin?.end();
  const timer = setTimeout(() => stop("time-out"), bounds.timeout);
  const onAbort = (): void => stop("interrupted");
  if (bounds.interrupted.aborted) onAbort();
  bounds.interrupted.addEventListener("abort", onAbort, { once: true });
  try {
    const result = await Promise.race([ended, abandoned]);
    if (result === undefined) {
      for (const stream of child.stdio) stream?.destroy();
      child.unref(); // it must not keep this process alive
    }
    return {
      exit: result?.exit ?? null,
      signal: result?.signal ?? null,
      stdout: Buffer.concat(output),
      stderr: Buffer.concat(errors).toString("utf8"),
      ms: performance.now() - started,
      stopped: result === undefined ? "stuck" : stopped,
    };
  } finally {
    clearTimeout(timer);
    clearTimeout(giveUp);
    bounds.interrupted.removeEventListener("abort", onAbort);
  }
}

/** Not with execa: between the end of one runtime and the start of the next, what it does would be most of the time. */
function start({ command, cwd, canary }: Launch): ChildProcess {
  const [file = "", ...args] = command;
  try {
    return spawn(file, args, {
      cwd,
      env: { ...minimalEnvironment, [canaryVariable]: canary, [ownCopyVariable]: cwd },
      stdio: ["pipe", "pipe", "pipe", "pipe"],
      detached: true,
    });
  } catch (error) {
    throw cannotStart(file, error);
  }
}

function endOf(child: ChildProcess, { command: [file = ""] }: Launch): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(cannotStart(file, error)));
    child.once("close", (exit, signal) => resolve({ exit, signal }));
  });
}

function cannotStart(file: string, error: unknown): CupelError {
  return new CupelError("cannot-start", `Cannot start ${file}: ${(error as Error).message}`, { cause: error, exit: 3 });
}

/** What a runtime writes to the extra descriptor is nothing that was asked for, and must not hold it up. */
function drain(stream: Readable | Writable | null | undefined): void {
  if (stream !== null && stream !== undefined && "resume" in stream) stream.resume();
}

/** Only once, and only for what came out by itself: the end of the last chunk is kept, since the mark may be cut in two. */
function watchHold(child: ChildProcess, { mark, during }: NonNullable<Launch["hold"]>, keepInputOpen: boolean): void {
  let tail = "";
  const look = (chunk: Buffer): void => {
    const text = tail + chunk.toString("latin1");
    tail = text.slice(-mark.length);
    if (!text.includes(mark)) return;
    child.stdout?.off("data", look);
    if (child.pid !== undefined) during(child.pid);
    child.stdin?.write("\n");
    if (!keepInputOpen) child.stdin?.end();
  };
  child.stdout?.on("data", look);
}
