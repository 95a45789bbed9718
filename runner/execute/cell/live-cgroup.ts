/** What the host sees of a cell's cgroups while it lives: where its processes are, and the limits and counters there. */
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import type { Answer } from "../../../src/policy/answer.ts";
import { readCapped } from "../read-capped.ts";
import { descendants } from "./kill-cell.ts";

/** The files that are read, of both versions of cgroups(7). */
const files: readonly string[] = [
  "cpu.cfs_period_us",
  "cpu.cfs_quota_us",
  "cpu.max",
  "cpu.shares",
  "cpu.stat",
  "cpu.weight",
  "memory.events",
  "memory.failcnt",
  "memory.limit_in_bytes",
  "memory.max",
  "pids.events",
  "pids.max",
];

/**
 * The answer to the `cgroup` question, for the cell whose runtime (or its wrapper) is process `pid`: JSON as
 * src/policy/answers/cgroup.ts reads it. The cell's processes are those below `pid` that live in another mount namespace
 * than we do.
 */
export function liveCgroup(pid: number): Answer {
  try {
    return { text: look(pid) };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}

function look(pid: number): string {
  const own = readlinkSync("/proc/self/ns/mnt");
  const paths = new Map<string, Set<string>>();
  const contents: { [file: string]: string } = {};
  const mounts = hierarchies();
  let processes = 0;
  for (const member of descendants(pid)) {
    const lines = linesOf(member, own);
    if (lines === undefined) continue;
    processes++;
    for (const line of lines) {
      const [number = "", controllers = "", ...rest] = line.split(":");
      const path = rest.join(":");
      const names = number === "0" ? ["unified"] : controllers.split(",");
      for (const name of names) {
        paths.set(name, (paths.get(name) ?? new Set()).add(path));
        const mount = mounts.get(name);
        if (mount !== undefined) readFiles(`${mount}${path}`, name, contents);
      }
    }
  }
  return JSON.stringify({
    processes,
    paths: Object.fromEntries([...paths].map(([name, seen]) => [name, [...seen].sort()])),
    files: contents,
  });
}

/** Lines of /proc/PID/cgroup of a process of the cell; undefined for one of ours, and for one that has ended. */
function linesOf(pid: number, ownMounts: string): readonly string[] | undefined {
  try {
    if (readlinkSync(`/proc/${pid}/ns/mnt`) === ownMounts) return undefined;
    return readFileSync(`/proc/${pid}/cgroup`, "utf8").split("\n").filter(Boolean);
  } catch {
    return undefined;
  }
}

/** Mount points of the hierarchies by the names in /proc/PID/cgroup, with `unified` for version 2. */
function hierarchies(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of readFileSync("/proc/mounts", "utf8").split("\n")) {
    const [, target = "", type, options = ""] = line.split(" ");
    if (type === "cgroup2") found.set("unified", target);
    if (type === "cgroup") for (const option of options.split(",")) found.set(option, target);
  }
  return found;
}

/** The first one counts: processes of one cell share their limits. In version 1 a controller has only files of its name. */
function readFiles(directory: string, name: string, contents: { [file: string]: string }): void {
  for (const file of files) {
    if (Object.hasOwn(contents, file) || (name !== "unified" && !file.startsWith(`${name}.`))) continue;
    if (!existsSync(`${directory}/${file}`)) continue; // an error would take longer to make than all the rest
    try {
      contents[file] = readCapped(`${directory}/${file}`, 4096);
    } catch {
      // not of this controller
    }
  }
}
