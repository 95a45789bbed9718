import { readFileSync } from "node:fs";

/**
 * Counts from now on what other guests of a virtual machine's host take of its processors (proc_stat(5), steal), and gives the
 * share of all time so far in words: figures measured meanwhile are worth that much less.
 */
export function stolenSince(): () => string {
  const before = ticks();
  return () => {
    const now = ticks();
    const all = now.all - before.all;
    return all === 0 ? "unknown" : `${(((now.stolen - before.stolen) / all) * 100).toFixed(0)} %`;
  };
}

function ticks(): { readonly all: number; readonly stolen: number } {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user nice system idle iowait irq softirq steal; what follows is part of user and nice
  const fields = line.split(/\s+/).slice(1, 9).map(Number);
  return { all: fields.reduce((sum, each) => sum + each, 0), stolen: fields[7] ?? 0 };
}
