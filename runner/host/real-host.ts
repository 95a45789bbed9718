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
 * A Host whose files are those below the directories `below`, the first of which is also the working directory; all exist. It
 * has the pid of this process, the tools of the machine, and nothing of the caller's environment. It goes on with nothing
 * that harms.
 */
export function realHost(
  below: string | readonly string[],
  { namespaces, tools = imageTools, env = {} }: RealHostSetup = {},
): Host {
  const roots = [below].flat().map((directory) => realpathSync.native(directory));
  const [cwd = "/"] = roots;
  return {
    files: realFiles(roots),
    tools: realTools(roots, tools),
    process: { pid: process.pid, cwd, env },
    refuse: (why) => {
      throw refusedForSafety(why);
    },
    ...(namespaces === undefined ? {} : { namespaces }),
  };
}

const imageTools: readonly string[] = ["skopeo", "umoci"];
