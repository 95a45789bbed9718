/** What a report says about the machine it was made on. */
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
}

/** The machine this process runs on. */
export function machine(): Machine {
  const deno = process.versions["deno"];
  return {
    platform: process.platform,
    machine: os.machine(),
    kernel: os.release(),
    engine: deno === undefined ? `node ${process.versions.node}` : `deno ${deno}`,
  };
}
