/** The hands of operations that touch real files. */
import { realpathSync } from "node:fs";
import process from "node:process";
import { type Host, type Namespaces, refusedForSafety } from "../../src/systems/host.ts";
import { realFiles } from "./real-files.ts";
import { realTools } from "./real-tools.ts";

/** What a real host has beside its files. */
export interface RealHostSetup {
  readonly namespaces?: Namespaces;
  /** Names of the tools that may be run; those that fetch and unpack images when absent. */
  readonly tools?: readonly string[];
  /** Variables of the process; none when absent. */
  readonly env?: { readonly [name: string]: string };
}

/**
 * A Host whose files are those below `root`, an existing directory that is also the working directory. It has the pid of
 * this process, the tools of the machine, and nothing of the caller's environment. It goes on with nothing that harms.
 */
export function realHost(root: string, { namespaces, tools = imageTools, env = {} }: RealHostSetup = {}): Host {
  const cwd = realpathSync.native(root);
  return {
    files: realFiles(cwd),
    tools: realTools(cwd, tools),
    process: { pid: process.pid, cwd, env },
    refuse: (why) => {
      throw refusedForSafety(why);
    },
    ...(namespaces === undefined ? {} : { namespaces }),
  };
}

const imageTools: readonly string[] = ["skopeo", "umoci"];
