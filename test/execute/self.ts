/** Starts programs of ours the way this very test runs: Node through tsx, or Deno. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a finished program left. */
export interface Finished {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const deno = process.versions["deno"] !== undefined;
const root = fileURLToPath(new URL("../../", import.meta.url));

/** Starts a TypeScript program below the root of the checkout. */
export function startProgram(
  path: string,
  args: readonly string[] = [],
  env: { [name: string]: string } = {},
): ChildProcess {
  const own = deno ? ["run", "-A"] : ["--import", "tsx"];
  return spawn(process.execPath, [...own, `${root}${path}`, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: "pipe",
  });
}

/** The command `cupel ARGUMENTS`. */
export function selfCommand(args: readonly string[]): readonly string[] {
  return [process.execPath, ...(deno ? ["run", "-A"] : []), `${root}bin/cupel.js`, ...args];
}

/** Starts `cupel ARGUMENTS`. */
export function startCupel(args: readonly string[], env: { [name: string]: string } = {}): ChildProcess {
  const [file = "", ...words] = selfCommand(args);
  return spawn(file, words, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: "pipe",
  });
}

/** Waits for a program to end; its standard input is closed at once. */
export function finish(child: ChildProcess): Promise<Finished> {
  child.stdin?.end();
  return ended(child);
}

/** Waits for a program to end, and leaves its standard input alone. */
export function ended(child: ChildProcess): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Waits until the program has printed something that matches. Rejects when it ends before. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (pattern.test(text)) resolve(text);
    });
    child.on("close", () => reject(new Error(`ended without printing ${pattern}: ${text}`)));
  });
}

/** Waits until `done` says so; the deadline of the test file bounds it. */
export async function eventually(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Sends a signal. (Deno's own `kill` of a child makes it look as if the signal had ended it, whatever it did.) */
export function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid !== undefined) process.kill(child.pid, name);
}
