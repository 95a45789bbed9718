import { readFileSync } from "node:fs";

/**
 * Counts from now on what other guests of a virtual machine's host take of its processors while there is work for them
 * (proc_stat(5), steal), and gives the share of that time so far, 0 to 1: figures measured meanwhile are worth that much less.
 */
export function stolenSince(): () => number {
  const before = ticks();
  return () => {
    const now = ticks();
    const wanted = now.wanted - before.wanted;
    return wanted === 0 ? 0 : (now.stolen - before.stolen) / wanted;
  };
}

/** `share`, 0 to 1, in words. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function ticks(): { readonly wanted: number; readonly stolen: number } {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // user nice system idle iowait irq softirq steal; what follows is part of user and nice
  const fields = line.split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle = 0, waiting = 0, , , stolen = 0] = fields;
  return { wanted: fields.reduce((sum, each) => sum + each, 0) - idle - waiting, stolen };
}
