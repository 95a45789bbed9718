/** A whole round: preparation, the command in its namespaces, and for a cell what is done afterwards. Fact sheet: section 17. */
import type { Json } from "../../json/value.ts";
import type { Host } from "../host.ts";
import { Rejection } from "../rejection.ts";
import type { CellOptions } from "./cell-options.ts";
import { finalize } from "./finalize.ts";
import { type InsideResult, insideEntry, namespacesOf, type Subject } from "./inside.ts";
import type { ReexecCommand } from "./isolation.ts";
import { buildCellReexec, unshareReexec } from "./reexec.ts";
import type { BuildCellSpec, ContainerRunCommand } from "./spec.ts";
import { withBusybox } from "./with-busybox.ts";

/** What a round gives beside its files. */
export interface Round extends InsideResult {
  readonly reexec: ReexecCommand;
}

/** The program that upstream's helper was recorded under. */
const currentExe = "/usr/bin/tool";

/** How a cell ended: what became of its stage, or why its results did not come back. */
export type CellEnd = ReturnType<typeof finalize> | { readonly error: string };

/** A cell, to be changed between its preparation and its run by `afterStaging`. Throws {@link Rejection} for what the preparation refuses. */
export function roundOfCell(
  host: Host,
  request: { readonly runtimeRootPrefix: string; readonly spec: BuildCellSpec },
  options: CellOptions,
  afterStaging: () => void,
): Round & { readonly finalize: CellEnd } {
  const { spec } = request;
  return withBusybox(host, options.rootfs === "busybox" ? spec.root : undefined, () => {
    const reexec = buildCellReexec(host, { currentExe, subcommand: "portable-run", ...request });
    afterStaging();
    const round = enter(host, reexec, { spec }, options);
    return { ...round, finalize: endOf(() => finalize(host, spec, "ok" in round.run)) };
  });
}

function endOf(step: () => CellEnd): CellEnd {
  try {
    return step();
  } catch (error) {
    if (error instanceof Rejection) return { error: error.message };
    throw error;
  }
}

/** A command. Throws {@link Rejection} for what the preparation refuses. */
export function roundOfCommand(
  host: Host,
  request: { readonly runtimeRootPrefix: string; readonly command: ContainerRunCommand },
  options: CellOptions,
): Round {
  const { command } = request;
  return withBusybox(host, options.rootfs === "busybox" ? command.root : undefined, () => {
    const reexec = unshareReexec(host, { currentExe, subcommand: "internal-run", ...request });
    if (command.emulator !== null && (options.mount ?? "real") === "real") {
      host.refuse("an emulator is registered with the kernel of the whole machine, not with that of a namespace");
    }
    return enter(host, reexec, { command }, options);
  });
}

function enter(host: Host, reexec: ReexecCommand, subject: Subject, options: CellOptions): Round {
  const namespaces = namespacesOf(host);
  const argv = reexec.args.slice(0, reexec.args.indexOf("--"));
  // Plain data, all of it; interfaces have no index signature.
  const input = { ...subject, options } as unknown as Json;
  const result = namespaces.enter([reexec.program, ...argv], Object.fromEntries(reexec.env), insideEntry, input);
  return { reexec, ...(result as unknown as InsideResult) };
}
