/** Brings back what a cell made, and cleans up. Fact sheet: upstream src/runtime/linux.rs, section 12. */
import { parentPath, pathComponents, startsWithPath } from "../../rust/path.ts";
import { type Files, type Host, HostError } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import { copyPath } from "./copy-path.ts";
import { leadsTo } from "./leads-to.ts";
import { removeTree } from "./remove-tree.ts";
import { resolveExport } from "./resolve-export.ts";
import type { Binding, BuildCellSpec } from "./spec.ts";
import { stageLayout } from "./stage-layout.ts";
import { validateSpec } from "./validate-spec.ts";

/** What became of the stage. */
export interface CellResult {
  readonly scratchPreserved: boolean;
}

/**
 * Copies caches back, even after a failure, and exports out, and removes the stage unless it is to be kept. Throws
 * {@link Rejection}; then the stage stays, whatever was asked.
 */
export function finalize(host: Host, spec: BuildCellSpec, commandSucceeded: boolean): CellResult {
  validateSpec(spec);
  const { caches } = stageLayout(spec);
  for (const [index, { source }] of spec.caches.entries()) copyOut(host, caches[index] ?? "", source);
  for (const each of spec.exports) exportOne(host, spec, each, commandSucceeded);
  const scratchPreserved = spec.cleanup === "Never" || (spec.cleanup === "PreserveOnFailure" && !commandSucceeded);
  if (!scratchPreserved && leadsTo(host.files, spec.scratch)) {
    attempt(`failed to remove build scratch ${spec.scratch}`, spec.scratch, () => removeTree(host.files, spec.scratch));
  }
  return { scratchPreserved };
}

function exportOne(host: Host, spec: BuildCellSpec, { source, destination }: Binding, commandSucceeded: boolean): void {
  const found = resolveExport(spec, source);
  refuseStrangeSource(host, spec, source, found);
  if (!leadsTo(host.files, found)) {
    if (!commandSucceeded) return;
    throw new Rejection("export-missing", `expected build export ${source} to exist at ${found}`);
  }
  refuseLinkedDestination(host, destination);
  copyOut(host, found, destination);
}

/** The host refuses a link that a cell put in the place of a file or directory, and that leads away from where it comes to lie. */
function copyOut(host: Host, from: string, to: string): void {
  const target = linkText(host.files, from);
  if (target !== undefined && leadsAway(target)) {
    host.refuse(`${to} would become a link to ${target}, which a cell has chosen`);
  }
  copyPath(host.files, from, to);
}

/** Whether a link with this text leads out of the directory that it lies in. */
function leadsAway(target: string): boolean {
  return target.startsWith("/") || pathComponents(target).includes("..");
}

function linkText(files: Files, path: string): string | undefined {
  return orNothing(path, () => (files.lstat(path).type === "symlink" ? files.readLink(path) : undefined));
}

/** What is copied out has to lie in the stage or in the root, links of the cell followed. */
function refuseStrangeSource({ files, refuse }: Host, spec: BuildCellSpec, source: string, found: string): void {
  const parent = parentPath(found) ?? found;
  const places = [spec.scratch, spec.root];
  if (!places.some((place) => startsWithPath(found, place)) || pathComponents(found).includes("..")) {
    refuse(`the export ${source} leads out of the cell, to ${found}`);
  }
  const real = orNothing(parent, () => files.realPath(parent));
  if (real === undefined) return;
  const inside = places.some((place) => {
    const base = orNothing(place, () => files.realPath(place));
    return base !== undefined && startsWithPath(real, base);
  });
  if (!inside) refuse(`the export ${source} leads through a link of the cell to ${real}`);
}

function refuseLinkedDestination({ files, refuse }: Host, destination: string): void {
  let current = "";
  for (const part of pathComponents(destination).slice(1, -1)) {
    current = `${current}/${part}`;
    const here = current;
    const type = orNothing(here, () => files.lstat(here).type);
    if (type === undefined) return;
    if (type === "symlink") refuse(`the export to ${destination} would be written through the link ${here}`);
  }
}

function orNothing<Value>(path: string, look: () => Value | undefined): Value | undefined {
  if (path.includes("\0")) return undefined;
  try {
    return look();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
