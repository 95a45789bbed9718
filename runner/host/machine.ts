/** What a report says about the machine it was made on. */
import { readFileSync } from "node:fs";
import os from "node:os";
import process from "node:process";

/** Facts of a machine; baselines name them in `when.host`. */
export interface Machine {
  readonly platform: string;
  /** As `uname -m`. */
  readonly machine: string;
  /** As `uname -r`. */
  readonly kernel: string;
  /** The program that runs cupel, e.g. `node 20.20.2`. */
  readonly engine: string;
  /** Which cgroup hierarchies are mounted: `v1`, `v2`, `hybrid` (both) or `none`. */
  readonly cgroups: "v1" | "v2" | "hybrid" | "none";
}

/** The machine this process runs on. */
export function machine(): Machine {
  const deno = process.versions["deno"];
  return {
    platform: process.platform,
    machine: os.machine(),
    kernel: os.release(),
    engine: deno === undefined ? `node ${process.versions.node}` : `deno ${deno}`,
    cgroups: cgroups(),
  };
}

function cgroups(): Machine["cgroups"] {
  let mounts = "";
  try {
    mounts = readFileSync("/proc/mounts", "utf8");
  } catch {
    return "none"; // not Linux
  }
  const v1 = / cgroup /.test(mounts);
  const v2 = / cgroup2 /.test(mounts);
  if (v1 && v2) return "hybrid";
  return v1 ? "v1" : v2 ? "v2" : "none";
}
