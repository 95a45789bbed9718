/** Where on the host a path of the cell is. Fact sheet: upstream src/runtime/linux.rs. */
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { joinPath } from "../../rust/path.ts";
import { Rejection } from "../rejection.ts";
import { mountCovers } from "./mounts.ts";
import { planCell } from "./plan.ts";
import type { BindMount, BuildCellSpec } from "./spec.ts";

/**
 * The host path behind `target`, in the stage or in the root. Nothing is tidied: what follows a mount's destination is joined
 * as it is, so a second slash there makes it absolute and leads out of the stage (see docs/FINDINGS.md).
 * Throws {@link Rejection} when the mount that covers `target` leaves no slash to go on from.
 */
export function resolveExport(spec: BuildCellSpec, target: string): string {
  const best = findMount(planCell(spec).mounts, target);
  if (best === undefined) return joinPath(spec.root, target.replace(/^\/+/, ""));
  const { source, destination } = best;
  if (target === destination) return source;
  const rest = target.startsWith(destination) ? target.slice(destination.length) : "";
  if (rest.startsWith("/")) return joinPath(source, rest.slice(1));
  throw new Rejection("export-not-covered", `mount destination ${destination} did not cover ${target}`);
}

/** Of the mounts that cover `target` the one with the longest destination in bytes, the first of several. */
function findMount(mounts: readonly BindMount[], target: string): BindMount | undefined {
  let best: BindMount | undefined;
  let longest = -1;
  for (const mount of mounts) {
    if (!mountCovers(mount.destination, target)) continue;
    const length = encodeUtf8(mount.destination).length;
    if (length <= longest) continue;
    best = mount;
    longest = length;
  }
  return best;
}
