/** Runs one test file as a child process with a deadline and believes it only when its footer and its exit agree. */
import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Progress } from "../suite.ts";
import { commandOf } from "./prepare.ts";

/** How a test file ended. Red when `failed` is not zero or there is a `problem`. */
export interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: Progress["skipped"];
  /** What is wrong with the file as a whole, beside tests that failed. */
  readonly problem: string | undefined;
  /** Standard output and error as they came. */
  readonly output: string;
  readonly seconds: number;
}

interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly late: boolean;
}

/** The repository. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

const child = fileURLToPath(new URL("child.ts", import.meta.url));
const running = new Set<ChildProcess>();

/** Runs `file` (relative to the repository) for at most `deadline` seconds. Never throws: whatever goes wrong is red. */
export async function runFile(file: string, deadline: number): Promise<FileResult> {
  const begun = performance.now();
  const [engine = "", ...args] = commandOf(child, root);
  // Standard input is a pipe that nobody writes to: with /dev/null, a test that reads it would see an end.
  const started = spawn(engine, [...args, file], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    detached: true,
  });
  running.add(started);
  const output = collect([started.stdout, started.stderr]);
  const footer = collect([started.stdio[3] as Readable]);
  const ending = await ended(started, deadline);
  running.delete(started);
  const progress = readFooter(footer());
  return {
    file,
    passed: progress?.passed ?? 0,
    failed: progress?.failed ?? 0,
    skipped: progress?.skipped ?? [],
    problem: problemOf(progress, ending, deadline),
    output: output(),
    seconds: (performance.now() - begun) / 1000,
  };
}

/** Kills every test file that is still running, with all it started. */
export function killAll(): void {
  for (const each of running) killGroup(each);
}

function ended(started: ChildProcess, deadline: number): Promise<Ending> {
  return new Promise((settle) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      killGroup(started);
    }, deadline * 1000);
    started.once("error", (error) => {
      clearTimeout(timer);
      settle({ code: null, signal: error.message, late });
    });
    started.once("exit", (code, signal) => {
      clearTimeout(timer);
      killGroup(started);
      // A process that left the group may hold the pipes open for ever.
      const patience = setTimeout(() => settle({ code, signal, late }), 10_000);
      started.once("close", () => {
        clearTimeout(patience);
        settle({ code, signal, late });
      });
    });
  });
}

function killGroup(started: ChildProcess): void {
  if (started.pid === undefined) return;
  try {
    process.kill(-started.pid, "SIGKILL");
  } catch {
    // Nobody is left in the group.
  }
}

function collect(streams: readonly (Readable | null)[]): () => string {
  const chunks: Uint8Array[] = [];
  for (const stream of streams) {
    stream?.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    stream?.on("error", () => {});
  }
  return () => Buffer.concat(chunks).toString("utf8");
}

function readFooter(text: string): Progress | undefined {
  try {
    return JSON.parse(text) as Progress;
  } catch {
    return undefined;
  }
}

function problemOf(progress: Progress | undefined, ending: Ending, deadline: number): string | undefined {
  if (ending.late) return `did not end within ${deadline} seconds`;
  if (progress === undefined) return `ended without a footer (${describe(ending)})`;
  if (progress.registered === 0) return `registered no test (${describe(ending)})`;
  const finished = progress.passed + progress.failed + progress.skipped.length;
  if (finished !== progress.registered) {
    const names = progress.unfinished.join(", ");
    return `${progress.registered} tests registered, ${finished} finished; not finished: ${names} (${describe(ending)})`;
  }
  if (ending.code !== 0 && progress.failed === 0) return `all tests passed, yet ${describe(ending)}`;
  return undefined;
}

function describe(ending: Ending): string {
  return ending.code === null ? `ended by ${ending.signal}` : `exit status ${ending.code}`;
}
