/** What all cells of a run share. */
import { readFileSync, readlinkSync } from "node:fs";
import { release } from "node:os";
import type { CellWorld } from "./cell/cell-world.ts";
import { keepCells } from "./cell/keep-cell.ts";
import { findToolbox } from "./cell/toolbox.ts";
import type { Canaries } from "./jail/canaries.ts";
import type { Jail } from "./jail/inside.ts";
import type { RunRequest } from "./run-request.ts";

const defaultOutputCap = 4 * 1024 * 1024;

/** The surroundings of the cells of `request` in `jail`, which has its nodes, cgroups and canaries. */
export async function makeWorld(jail: Jail, request: RunRequest, canaries: Canaries): Promise<CellWorld> {
  return {
    canaries,
    toolbox: await findToolbox(),
    step: request.step ?? readFileSync(new URL("./probe/step.sh", import.meta.url), "utf8"),
    jail: { mounts: readlinkSync("/proc/self/ns/mnt"), kernel: release() },
    cgroups: jail.cgroups,
    nodes: `${jail.work}/nodes`,
    runtimeRoot: `${jail.work}/runtimes`,
    bounds: {
      timeout: request.timeout,
      outputCap: request.outputCap ?? defaultOutputCap,
      interrupted: jail.interrupted,
    },
    hostCalls: new Map(),
    references: new Map(),
    trustCommands: request.trustCommands === true,
    shipped: request.shipped === true,
    ...(request.keep === undefined ? {} : { beforeRemoval: keepCells(request.keep) }),
    ...(request.as === undefined ? {} : { as: request.as }),
  };
}
