/** Fills the stage: the workspace, and copies of imports and caches. Fact sheet: upstream src/runtime/linux.rs, section 10. */
import type { Host } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import { copyPath, fillDirectory } from "./copy-path.ts";
import { leadsTo } from "./leads-to.ts";
import { makeDirectories } from "./make-directories.ts";
import type { BuildCellSpec, WorkspaceSeed } from "./spec.ts";
import { stageLayout } from "./stage-layout.ts";
import { unpackArchive } from "./unpack-archive.ts";

/** Fills the stage of `spec`. Throws {@link Rejection}; what is staged by then stays. */
export function stage(host: Host, spec: BuildCellSpec): void {
  const { workspace, importsRoot, cachesRoot, imports, caches } = stageLayout(spec);
  for (const directory of [workspace, importsRoot, cachesRoot]) makeAt(host, directory);
  applySeed(host, spec.workspaceSeed, workspace);
  for (const [index, { source }] of spec.imports.entries()) copyPath(host.files, source, imports[index] ?? "");
  for (const [index, { source }] of spec.caches.entries()) {
    const staged = caches[index] ?? "";
    if (leadsTo(host.files, source)) copyPath(host.files, source, staged);
    else makeAt(host, staged);
  }
}

function makeAt({ files }: Host, directory: string): void {
  attempt(`failed to create ${directory}`, directory, () => makeDirectories(files, directory));
}

function applySeed(host: Host, seed: WorkspaceSeed, workspace: string): void {
  if (seed === "Empty") return;
  if ("Archive" in seed) unpackArchive(host, seed.Archive, workspace);
  else takeSnapshot(host, seed.SnapshotDir, workspace);
}

function takeSnapshot(host: Host, source: string, workspace: string): void {
  const { type, mode } = attempt(`failed to inspect build source ${source}`, source, () => host.files.stat(source));
  if (type !== "dir") {
    throw new Rejection("seed-is-no-directory", `build workspace seed must be a directory: ${source}`);
  }
  fillDirectory(host.files, source, workspace, mode);
}
