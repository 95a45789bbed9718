/** The hands of operations that touch real files. */
import { realpathSync } from "node:fs";
import process from "node:process";
import { type Host, HostError } from "../../src/systems/host.ts";
import { realFiles } from "./real-files.ts";

/**
 * A Host whose files are those below `root`, an existing directory that is also the working directory. It has the pid
 * of this process, no tool, and nothing of the caller's environment.
 */
export function realHost(root: string): Host {
  const cwd = realpathSync.native(root);
  return {
    files: realFiles(cwd),
    // No operation runs a tool yet; when one does, it gets that tool and no other.
    tools: {
      run: (argv) => {
        throw new HostError("ENOENT", argv[0] ?? "");
      },
    },
    process: { pid: process.pid, cwd, env: {} },
  };
}
