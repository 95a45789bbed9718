/** The processes of a process group. */
import { readdirSync, readFileSync } from "node:fs";

/** The ids of all processes in the group of `leader`, itself first; itself alone where there is no /proc. */
export function groupPids(leader: number): readonly number[] {
  const others = namesIn("/proc").filter((name) => /^[0-9]+$/.test(name) && groupOf(name) === leader);
  return [...new Set([leader, ...others.map(Number)])];
}

/** proc(5), /proc/PID/stat: the third field behind the name in parentheses is the process group. */
function groupOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
  } catch {
    return undefined; // it is gone
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
