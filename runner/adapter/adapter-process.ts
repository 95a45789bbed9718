/** One adapter as a process: lines in, lines out, its standard error kept; it never outlives cupel. */
import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { setImmediate } from "node:timers";
import { type Line, readLines } from "./read-lines.ts";
import { longestMessage } from "./rpc.ts";

/** How an adapter is started. */
export interface AdapterCommand {
  /** A command line for `sh -c`. */
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
}

/** What comes next from an adapter: a line, or that there will be none. */
export type Incoming =
  | Line
  /** The process is gone, or has closed its standard output; `how` says it in words. */
  | { readonly ended: string }
  | { readonly silent: true };

/** A running adapter. */
export interface AdapterProcess {
  /** The leader of its process group. */
  readonly pid: number | undefined;
  /** Writes to its standard input; whether anybody reads it shows in what comes next. */
  send(text: string): void;
  /** The next line, waited for at most `timeout` milliseconds. After anything but a line there is none any more. */
  next(timeout: number): Promise<Incoming>;
  /** What it has written to standard error since it was last asked: the end of it, when that is long. */
  takeErrors(): string;
  /** Closes its input and waits for its end, at most `timeout` milliseconds; how it ended, undefined when it did not. */
  finish(timeout: number): Promise<string | undefined>;
  /** Ends it and everything in its process group. */
  kill(): void;
}

/**
 * The adapter becomes the leader of a process group of its own. In that group a second process reads a pipe that cupel
 * holds open: when cupel dies, by whatever signal, the pipe ends and the whole group is killed. The same process makes it
 * safe to kill the group by its number, which cannot belong to anybody else while one of its processes lives.
 */
const starter = `umask 022
{ read -r _ <&3; kill -KILL 0; } </dev/null >/dev/null 2>&1 &
exec /bin/sh -c "$1" 3<&-`;

/** Bytes of standard error that are kept. */
const keptErrors = 16_384;

/** Milliseconds that what was written before the end of a process may take to arrive. */
const lastWords = 200;

/** Starts an adapter. Never throws: what cannot be started has ended. */
export function startAdapter({ command, cwd, env }: AdapterCommand): AdapterProcess {
  const child = spawn("/bin/sh", ["-c", starter, "cupel-adapter", command], {
    cwd,
    env: { ...env },
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    detached: true,
  });
  const end = endOf(child);
  const errors = collectErrors(child.stderr);
  const lines = readLines(child.stdout, longestMessage);
  const input: Writable = child.stdin;
  input.on("error", () => {}); // nobody reads it
  // The watch over cupel's life; it carries nothing.
  child.stdio[3]?.on("error", () => {});
  return {
    pid: child.pid,
    send: (text) => {
      input.write(text);
    },
    next: (timeout) => nextOf(lines, end, timeout),
    takeErrors: errors,
    finish: async (timeout) => {
      input.end();
      return await within(end, timeout);
    },
    kill: () => {
      killGroup(child.pid);
      for (const stream of child.stdio) stream?.destroy();
      child.unref();
    },
  };
}

async function nextOf(lines: AsyncGenerator<Line>, end: Promise<string>, timeout: number): Promise<Incoming> {
  const line = lines.next().then(
    ({ value, done }): Incoming | undefined => (done === true ? undefined : value),
    () => undefined, // the stream was destroyed
  );
  const first = await within(
    Promise.race([line.then((given) => ({ given })), end.then(() => "ended" as const)]),
    timeout,
  );
  if (first === undefined) return { silent: true };
  // What a process wrote last may arrive after the news of its end.
  const given = first === "ended" ? await within(line, lastWords) : first.given;
  if (given !== undefined) return given;
  return { ended: (await within(end, lastWords)) ?? "it closed its standard output" };
}

/** How the process ends, in words that follow "it". */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`it could not be started (${error.message})`));
    child.once("exit", (status, signal) =>
      resolve(signal === null ? `it ended with exit status ${status}` : `it was ended by ${signal}`),
    );
  });
}

/** Keeps reading, so that an adapter that says much is never held up by it. */
function collectErrors(stream: Readable): () => string {
  let parts: Buffer[] = [];
  let size = 0;
  stream.on("error", () => {});
  stream.on("data", (part: Buffer) => {
    parts.push(part);
    size += part.length;
    if (size < 2 * keptErrors) return;
    parts = [Buffer.concat(parts).subarray(-keptErrors)];
    size = keptErrors;
  });
  return () => {
    const text = Buffer.concat(parts).subarray(-keptErrors).toString("utf8").trimEnd();
    parts = [];
    size = 0;
    return text;
  };
}

/**
 * What `promise` gives, or undefined after `timeout` milliseconds. On a busy machine this process may itself have slept over
 * the end of that time, so it looks once more for what has arrived meanwhile.
 */
function within<Result>(promise: Promise<Result>, timeout: number): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(() => setImmediate(() => resolve(undefined))), timeout);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}
