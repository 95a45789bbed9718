/** The cgroup directories of our cells: the only thing that outlives a killed jail. See cgroups(7). */
import { mkdirSync, readdirSync, readFileSync, rmdirSync } from "node:fs";

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
 * their parent when it is empty. Waits briefly for killed processes to be gone.
 */
export function removeCgroups(path: string): void {
  for (const mount of cgroupMounts()) {
    removeOne(`${mount}${path}`);
    tryRemove(`${mount}${path.slice(0, path.lastIndexOf("/"))}`);
  }
}

/**
 * Makes `path` in every hierarchy that lets us, so that another run that ends meanwhile does not find their common
 * parent empty and remove it under us.
 */
export function makeCgroups(path: string): void {
  for (const mount of cgroupMounts()) {
    try {
      mkdirSync(`${mount}${path}`, { recursive: true });
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
  const deadline = Date.now() + 2000;
  while (!tryRemove(directory) && Date.now() < deadline) {
    if (!killMembers(directory)) break;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a killed process needs a moment to go
  }
}

/** True while there was somebody to kill. */
function killMembers(directory: string): boolean {
  try {
    const pids = readFileSync(`${directory}/cgroup.procs`, "utf8").split("\n").filter(Boolean);
    for (const pid of pids) process.kill(Number(pid), "SIGKILL");
    return pids.length > 0;
  } catch {
    return true;
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
