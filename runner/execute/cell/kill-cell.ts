/** Ends a cell that must not go on: through its runtime, then its process group, then every descendant. */
import { readdirSync, readFileSync } from "node:fs";
import { runBriefly } from "../runtime/run-briefly.ts";
import { type CellPaths, deleteCommand, killCommand, type Runtime } from "../runtime/runtime.ts";

/** How long each step may take, milliseconds. */
const step = 1000;

/**
 * Kills the cell of `paths` whose runtime (or its wrapper) is process `pid`. The container may not exist yet, or
 * the runtime may refuse: killing the processes below it ends it all the same. Never throws.
 */
export async function killCell(runtime: Runtime, paths: CellPaths, pid: number): Promise<void> {
  const members = descendants(pid);
  const asked = await quietly(killCommand(runtime, paths));
  if (!asked || isAlive(pid)) {
    for (const member of [...descendants(pid), ...members]) signal(member);
    signal(-pid);
    signal(pid);
  }
  await forgetCell(runtime, paths);
}

/** Removes what is left of a cell in the runtime's state. */
export async function forgetCell(runtime: Runtime, paths: CellPaths): Promise<void> {
  await quietly(deleteCommand(runtime, paths));
}

/** All processes below `pid`, deepest last; processes only have parents within the jail, so this sees them all. */
export function descendants(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^[0-9]+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // ended meanwhile
    }
  }
  const found: number[] = [];
  const visit = (parent: number): void => {
    for (const child of children.get(parent) ?? []) {
      found.push(child);
      visit(child);
    }
  };
  visit(pid);
  return found;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // gone
  }
}

/** No command is nothing that helped. */
async function quietly(command: readonly string[]): Promise<boolean> {
  if (command.length === 0) return false;
  return (await runBriefly(command, step)).status === 0;
}
