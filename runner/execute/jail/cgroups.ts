/** The cgroup directories of our cells: the only thing that outlives a killed jail. See cgroups(7). */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";

/** Milliseconds that killed processes may take to be gone; they take that long only on a machine that is very busy. */
const longestDying = 15_000;

/** How many processes all cells of a run may have together. */
const processLimit = 4096;

/** Mount points of all cgroup hierarchies, v1 and v2. */
export function cgroupMounts(): readonly string[] {
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
  const found = mounts.flatMap((line) => {
    const [, target, type] = line.split(" ");
    return target !== undefined && (type === "cgroup" || type === "cgroup2") ? [target] : [];
  });
  return [...new Set(found)];
}

/**
 * Kills what is left in the cgroups at and below `path` (an absolute cgroup path of ours), removes them, and removes
 * their parent when it is empty. Waits briefly for killed processes to be gone. Gives whether all is gone.
 */
export function removeCgroups(path: string): boolean {
  const mounts = cgroupMounts();
  for (const mount of mounts) {
    removeOne(`${mount}${path}`);
    tryRemove(`${mount}${path.slice(0, path.lastIndexOf("/"))}`);
  }
  return mounts.every((mount) => !existsSync(`${mount}${path}`));
}

/**
 * Makes `path` in every hierarchy that lets us, so that another run that ends meanwhile does not find their common
 * parent empty and remove it under us.
 */
export function makeCgroups(path: string): void {
  for (const mount of cgroupMounts()) {
    try {
      mkdirSync(`${mount}${path}`, { recursive: true });
      // Nothing that runs in cells may use up the machine's processes; only the pids controller has this file.
      if (existsSync(`${mount}${path}/pids.max`)) writeFileSync(`${mount}${path}/pids.max`, String(processLimit));
    } catch {
      // A hierarchy that is read-only or not ours: the runtime will say so if it needs it.
    }
  }
}

function removeOne(directory: string): void {
  let children: readonly string[];
  try {
    children = readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch {
    return;
  }
  for (const child of children) removeOne(`${directory}/${child}`);
  thaw(directory);
  const deadline = Date.now() + longestDying;
  while (!tryRemove(directory) && Date.now() < deadline) {
    if (!killMembers(directory)) break;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a killed process needs a moment to go
  }
}

/** A frozen process does not die (cgroups(7), freezer; cgroup.freeze of version 2). */
function thaw(directory: string): void {
  for (const [file, word] of [
    ["freezer.state", "THAWED"],
    ["cgroup.freeze", "0"],
  ]) {
    try {
      writeFileSync(`${directory}/${file}`, word ?? "", { flag: "r+" });
    } catch {
      // not that kind of hierarchy
    }
  }
}

/** False when there is nobody to kill, so that waiting is no use. */
function killMembers(directory: string): boolean {
  try {
    const pids = readFileSync(`${directory}/cgroup.procs`, "utf8").split("\n").filter(Boolean);
    // Version 2 shows processes of other pid namespaces as 0, which kill(2) takes for the caller's own group.
    const own = pids.map(Number).filter((pid) => pid > 0);
    for (const pid of own) process.kill(pid, "SIGKILL");
    return own.length > 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH"; // ended meanwhile: look again
  }
}

/** True when the directory is gone, or cannot be removed for another reason than being busy. */
function tryRemove(directory: string): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== "EBUSY" && code !== "ENOTEMPTY";
  }
}
