/** Runs a short command of a program that may misbehave: bounded in time and output, whatever its children do. */
import { type ChildProcess, spawn } from "node:child_process";
import { setImmediate } from "node:timers";
import { minimalEnvironment, ownCopyVariable } from "../jail/tools.ts";

/** How a short command ended. */
export interface BriefResult {
  /** Undefined when it was killed or could not be started. */
  readonly status: number | undefined;
  /** The first 64 KiB of standard output. */
  readonly stdout: string;
  /** Why it has no status. */
  readonly problem: string | undefined;
}

/** Milliseconds that output may still come after the command itself has ended; a child of its may hold the pipe for ever. */
const afterExit = 200;
const outputCap = 65_536;

/** Runs `command` (absolute path first) with pipes for its streams and no input. Never throws and never waits longer than `timeout`. */
export function runBriefly(command: readonly string[], timeout: number): Promise<BriefResult> {
  const [file = "", ...args] = command;
  let child: ChildProcess;
  try {
    const env = { ...minimalEnvironment, [ownCopyVariable]: "/proc/none" }; // then the copy is in memory
    child = spawn(file, args, { env, stdio: ["pipe", "pipe", "pipe"], detached: true });
  } catch (error) {
    return Promise.resolve({ status: undefined, stdout: "", problem: (error as Error).message });
  }
  return new Promise((resolve) => {
    let stdout = "";
    let ending: NodeJS.Timeout | undefined;
    const end = (status: number | null, problem: string | undefined): void => {
      clearTimeout(deadline);
      clearTimeout(ending);
      killGroup(child.pid);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      child.unref();
      resolve({
        status: status ?? undefined,
        stdout,
        problem: status === null ? (problem ?? "it was killed") : undefined,
      });
    };
    const deadline = setTimeout(() => end(null, `it did not end within ${timeout / 1000} s`), timeout);
    child.stdout?.on("data", (chunk: Buffer) => {
      if (stdout.length < outputCap) stdout += chunk.toString("utf8", 0, outputCap);
    });
    child.stderr?.resume();
    child.stdin?.on("error", () => {}); // it does not read
    child.stdin?.end();
    child.on("error", (error) => end(null, error.message));
    child.on("exit", (status) => {
      // On a busy machine this process may sleep over that time: it looks once more for what has arrived.
      ending = setTimeout(() => setImmediate(() => end(status, undefined)), afterExit);
    });
    child.on("close", (status) => end(status, undefined));
  });
}

/** The command leads a process group of its own; what it left behind there goes with it. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // all gone
  }
}
