/** A Host that lives in memory. */
import { type Host, HostError, type HostProcess, refusedForSafety, type Tools } from "../systems/host.ts";
import type { Tree } from "./case.ts";
import { MemoryFiles } from "./memory-files.ts";

/** A Host whose files can be seen as a tree. */
export interface MemoryHost extends Host {
  /** Everything below the directory `below`, parents first, each directory in the order of its names' bytes. */
  tree(below: string): Tree;
}

/** What is there at the start. Missing parents are made. */
export interface MemorySetup {
  readonly tree?: Tree;
  /** Absolute; a directory that is made empty. `/cupel-cwd` when absent. */
  readonly cwd?: string;
  /** Refuses what a host with real files refuses. */
  readonly careful?: boolean;
}

/** The process id of every memory host: near the largest that Linux gives, so that no golden holds it by chance. */
export const memoryPid: number = 4194301;

/**
 * A new Host with its own files, no tools and no environment. The first use of its files throws {@link HostError} when
 * `setup` contradicts itself.
 */
export function memoryHost(setup: MemorySetup = {}): MemoryHost {
  return new InMemory(setup.tree ?? [], setup.cwd ?? "/cupel-cwd", setup.careful === true);
}

class InMemory implements MemoryHost {
  readonly files: MemoryFiles;
  readonly tools: Tools = noTools;
  readonly process: HostProcess;
  readonly refuse: (why: string) => void;

  constructor(tree: Tree, cwd: string, careful: boolean) {
    this.files = new MemoryFiles(tree, cwd);
    this.process = { pid: memoryPid, cwd, env: {} };
    this.refuse = (why) => {
      if (careful) throw refusedForSafety(why);
    };
  }

  tree(below: string): Tree {
    return this.files.tree(below);
  }
}

const noTools: Tools = {
  run(argv) {
    throw new HostError("ENOENT", argv[0] ?? "");
  },
};
