/** Starts a program in another root directory. */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmdirSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { CupelError } from "../../src/errors.ts";
import type { Launch, LaunchResult } from "../../src/systems/host.ts";
import { exactly, needTool } from "../execute/jail/tools.ts";

/** Milliseconds that it may take. */
const longest = 120_000;
/** What it may write, as mount(8) says it: whoever writes more is told that the device is full. */
const mostOutput = "16m";

/**
 * Starts `launch.program` and waits for its end. prlimit(1) and unshare(1) do what the command itself needs and nobody
 * else, and replace themselves by it. It is called by its own name, and found again as it was found before, since the
 * environment is the command's already. What it leaves running is not waited for: that ends with the namespace. Its output
 * goes to files in `directory`, which are gone afterwards. Throws CupelError `launch-failed` when it does not end in time.
 */
export function launchInRoot(launch: Launch, directory: string): LaunchResult {
  return withOutput(directory, (read, ...streams) => {
    const ended = start(launch, streams);
    return { ended, stdout: read("out"), stderr: read("err") };
  });
}

function start({ root, cwd, argv, env, limits }: Launch, streams: readonly number[]): LaunchResult["ended"] {
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
  const { status, signal, error } = spawnSync(program, args, {
    cwd: "/",
    env: {},
    stdio: ["pipe", ...streams],
    timeout: longest,
    killSignal: "SIGKILL",
  });
  if (error !== undefined) {
    throw new CupelError("launch-failed", `${argv[0]} did not end as it should: ${error.message}`, { exit: 3 });
  }
  return signal === null ? { status: status ?? 255 } : { signal: os.constants.signals[signal] };
}

/** Pipes would be held open by what the command leaves running; files of its own on a small file system are not. */
function withOutput(
  directory: string,
  work: (read: (name: string) => string, out: number, err: number) => LaunchResult,
): LaunchResult {
  const place = mkdtempSync(join(directory, ".cupel-output-"));
  try {
    must("mount", ["-t", "tmpfs", "-o", `size=${mostOutput},mode=0700`, "cupel", place]);
    const [out, err] = ["out", "err"].map((name) => openSync(join(place, name), "a")) as [number, number];
    try {
      return work((name) => readFileSync(join(place, name), "utf8"), out, err);
    } finally {
      closeSync(out);
      closeSync(err);
      must("umount", ["--lazy", place]);
    }
  } finally {
    rmdirSync(place);
  }
}

function must(tool: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(needTool(tool), args, { stdio: ["pipe", "pipe", "pipe"], encoding: "utf8" });
  if (status !== 0) throw new CupelError("launch-failed", `${tool} for the output failed: ${stderr}`, { exit: 3 });
}
