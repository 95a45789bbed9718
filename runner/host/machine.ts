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
  /** Who runs cupel: `root` of the machine, or somebody `ordinary`, who may be root of a user namespace. */
  readonly user: "root" | "ordinary";
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
    user: user(),
  };
}

/** The machine's own user namespace maps every id to itself: user_namespaces(7). */
function user(): Machine["user"] {
  if (process.getuid?.() !== 0) return "ordinary";
  const map = textOf("/proc/self/uid_map");
  return map === undefined || /^\s*0\s+0\s+4294967295\s*$/.test(map) ? "root" : "ordinary";
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // not Linux
  }
}

function cgroups(): Machine["cgroups"] {
  const mounts = textOf("/proc/mounts");
  if (mounts === undefined) return "none";
  const v1 = / cgroup /.test(mounts);
  const v2 = / cgroup2 /.test(mounts);
  if (v1 && v2) return "hybrid";
  return v1 ? "v1" : v2 ? "v2" : "none";
}
