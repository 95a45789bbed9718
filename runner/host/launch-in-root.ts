/** Starts a program in another root directory. */
import { spawnSync } from "node:child_process";
import os from "node:os";
import { CupelError } from "../../src/errors.ts";
import type { Launch, LaunchResult } from "../../src/systems/host.ts";
import { exactly, needTool } from "../execute/jail/tools.ts";

/** Milliseconds that it may take, and bytes that it may write. */
const longest = 30_000;
const mostOutput = 16 * 1024 * 1024;

/**
 * Starts `launch.program` and waits for its end. prlimit(1) and unshare(1) do what the command itself needs and nobody
 * else, and replace themselves by it. It is called by its own name, and found again as it was found before, since the
 * environment is the command's already. Throws CupelError `launch-failed` when it does not end in time.
 */
export function launchInRoot({ root, cwd, argv, env, limits }: Launch): LaunchResult {
  const bounds = limits.map(({ resource, value }) => `--${resource}=${value}:${value}`);
  const [prlimit, unshare] = [needTool("prlimit"), needTool("unshare")];
  const command = [
    ...exactly(env),
    ...(bounds.length === 0 ? [] : [prlimit, ...bounds, "--"]),
    unshare,
    "--root",
    root,
    "--wd",
    cwd,
    "--",
    ...argv,
  ];
  const [program = "", ...args] = command;
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    cwd: "/",
    env: {},
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: mostOutput,
    timeout: longest,
    killSignal: "SIGKILL",
  });
  if (error !== undefined) {
    throw new CupelError("launch-failed", `${argv[0]} did not end as it should: ${error.message}`, { exit: 3 });
  }
  const ended = signal === null ? { status: status ?? 255 } : { signal: os.constants.signals[signal] };
  return { ended, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
}
