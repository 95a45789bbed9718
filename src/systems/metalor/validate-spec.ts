/** The checks of a cell. Fact sheet: upstream src/runtime/linux.rs, in its order; nothing looks at the disk. */
import { Rejection } from "../rejection.ts";
import { checkEnvironment, checkExecutable, checkPath, isSlash } from "./check-path.ts";
import { checkConflicts } from "./mount-conflicts.ts";
import type { Binding, BuildCellSpec, WorkspaceSeed } from "./spec.ts";

/** Throws {@link Rejection} for the first fault. Arguments, limits, network and clean-up are not checked. */
export function validateSpec(spec: BuildCellSpec): void {
  const { root, scratch, workspacePath, command } = spec;
  if (isSlash(root)) throw mustNotBeSlash("build cell root");
  if (isSlash(scratch)) throw mustNotBeSlash("build scratch");
  checkPath(root, "build cell root");
  checkPath(scratch, "build scratch");
  checkDestination(workspacePath, "build cell workspace path");
  checkSeed(spec.workspaceSeed);
  checkBindings(spec.imports, "build import");
  checkBindings(spec.caches, "build cache");
  for (const { source, destination } of spec.exports) {
    checkPath(source, "build export source");
    checkPath(destination, "build export destination");
  }
  checkConflicts(spec);
  checkPath(command.cwd, "build cell cwd");
  checkExecutable(command.executable);
  checkEnvironment(spec.env);
}

function checkSeed(seed: WorkspaceSeed): void {
  if (seed === "Empty") return;
  if ("Archive" in seed) checkPath(seed.Archive, "build workspace archive");
  else checkPath(seed.SnapshotDir, "build workspace seed");
}

function checkBindings(bindings: readonly Binding[], what: string): void {
  for (const { source, destination } of bindings) {
    checkPath(source, `${what} source`);
    checkDestination(destination, `${what} destination`);
  }
}

/** Here the text counts: `//` and `/.` pass. */
function checkDestination(destination: string, context: string): void {
  checkPath(destination, context);
  if (destination === "/") throw mustNotBeSlash(context);
}

function mustNotBeSlash(context: string): Rejection {
  return new Rejection("path-is-slash", `${context} must not be /`);
}
