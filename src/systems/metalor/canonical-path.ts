/** The real paths of the directories that cells live in. Fact sheet: upstream src/runtime/linux.rs. */
import { startsWithPath } from "../../rust/path.ts";
import type { Files } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import { checkPath, isSlash } from "./check-path.ts";

/** The real path of the directory below which all roots lie; it must exist. Throws {@link Rejection}. */
export function canonicalizePrefix(files: Files, prefix: string): string {
  return canonicalize(files, prefix, "runtime root prefix");
}

/** The real path of a root. Throws {@link Rejection}. */
export function canonicalizeRoot(files: Files, root: string): string {
  return canonicalize(files, root, "container root");
}

/** Throws {@link Rejection} when one of two real paths is the other, or lies in it. */
export function checkDistinct(root: string, scratch: string): void {
  const within = startsWithPath(scratch, root);
  const around = startsWithPath(root, scratch);
  if (within && around) {
    throw new Rejection("scratch-is-root", "build scratch must not equal the build cell root");
  }
  if (within || around) {
    throw new Rejection("scratch-overlaps-root", `build scratch ${scratch} must not overlap build cell root ${root}`);
  }
}

function canonicalize(files: Files, path: string, what: string): string {
  if (isSlash(path)) throw new Rejection("path-is-slash", `${what} must not be /`);
  checkPath(path, what);
  return attempt(`failed to canonicalize ${what} ${path}`, path, () => files.realPath(path));
}
