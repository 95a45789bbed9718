/** Programs of the machine for operations. */
import { spawnSync } from "node:child_process";
import { HostError, type Tools } from "../../src/systems/host.ts";
import { findTool, minimalEnvironment } from "../execute/jail/tools.ts";
import { call } from "./system-call.ts";

/** What a tool may write to each stream, bytes, and how long it may take, milliseconds. */
const mostOutput = 64 * 1024 * 1024;
const longest = 600_000;

/**
 * The tools of these `names` and no others, found in the usual places. They get a minimal environment whose temporary files
 * lie in `directory`.
 */
export function realTools(directory: string, names: readonly string[]): Tools {
  return {
    run: ([name = "", ...args], options = {}) => {
      const program = names.includes(name) ? findTool(name, "") : undefined;
      if (program === undefined) throw new HostError("ENOENT", name);
      const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
        cwd: options.cwd ?? directory,
        env: { ...minimalEnvironment, HOME: directory, TMPDIR: directory },
        stdio: ["pipe", "pipe", "pipe"],
        maxBuffer: mostOutput,
        timeout: longest,
        killSignal: "SIGKILL",
      });
      if (error !== undefined) call(name, () => rethrow(error));
      return { status: status ?? (signal === null ? 255 : 137), stdout, stderr };
    },
  };
}

function rethrow(error: Error): never {
  throw error;
}
