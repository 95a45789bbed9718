/** A directory for the files of one operation. */
import { lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeTree } from "../execute/jail/remove-tree.ts";
import { pidNamespace, startTime } from "../execute/jail/state.ts";

/** The name says whose it is, so that one whose owner was killed is recognised. */
const namePattern = /^cupel-scratch-([0-9]+)-([0-9]+)-([0-9]+)-/;

/** Makes a fresh directory, gives its canonical path to `work`, and removes it whatever happens. */
export function withScratchDirectory<T>(work: (directory: string) => T): T {
  const directory = makeScratchDirectory();
  try {
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Makes a fresh directory that the caller removes; gives its canonical path. It lies in `parent`, or among the temporary
 * files of the machine, where what a killed process left is swept.
 */
export function makeScratchDirectory(parent?: string): string {
  if (parent !== undefined) return realpathSync(mkdtempSync(join(parent, "scratch-")));
  const started = startTime(process.pid);
  // Without /proc nobody can be told to be dead.
  const owner = started === undefined ? "" : `${process.pid}-${started}-${pidNamespace()}-`;
  if (owner !== "") sweep();
  return realpathSync(mkdtempSync(join(tmpdir(), `cupel-scratch-${owner}`)));
}

let swept = false;

/** Once a process: removes what operations left whose process was killed. */
function sweep(): void {
  if (swept) return;
  swept = true;
  for (const name of readdirSync(tmpdir())) {
    const [, pid, started, namespace] = namePattern.exec(name) ?? [];
    if (pid === undefined || namespace !== pidNamespace()) continue;
    if (String(startTime(Number(pid)) ?? "") === started) continue;
    const path = join(tmpdir(), name);
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory() && status.uid === process.getuid?.()) removeTree(path);
  }
}
