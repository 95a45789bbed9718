/** Makes the place in a root that something is mounted on, without going through a link. Fact sheet: upstream src/runtime/linux.rs. */
import { joinPath, pathComponents } from "../../rust/path.ts";
import type { FileStatus, Files, Host } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import { checkPath } from "./check-path.ts";

/** A place in a root. */
export interface MountTarget {
  readonly root: string;
  readonly destination: string;
  /** A directory is wanted, not a file. */
  readonly expectDirectory: boolean;
  /** How texts call it. */
  readonly context: string;
}

/** Makes what is missing of the target, and gives its path on the host. Throws {@link Rejection}; what is made by then stays. */
export function prepareMountTarget({ files }: Host, target: MountTarget): string {
  const { root, destination, expectDirectory, context } = target;
  checkPath(destination, context);
  const relative = destination.replace(/^\/+/, "");
  if (relative === "") {
    if (expectDirectory) return root;
    throw new Rejection("path-is-slash", `${context} must not be /`);
  }
  const { type } = attempt(`failed to inspect ${context} ${root}`, root, () => files.lstat(root));
  if (type === "symlink") throw new Rejection("symlink-on-the-way", `${context} ${root} traverses a symlink`);
  const parts = pathComponents(relative);
  let current = root;
  for (const [index, part] of parts.entries()) {
    // What follows the slashes is a relative path, which may begin with a dot.
    if (part === ".") throw new Rejection("path-not-absolute", `${context} must be absolute: ${destination}`);
    current = joinPath(current, part);
    const here = current;
    const status = attempt(`failed to inspect mount target ${here}`, here, () => files.find(here));
    const last = index === parts.length - 1;
    if (status === undefined) make(files, here, last, expectDirectory);
    else accept(status, here, last, target);
  }
  return current;
}

function make(files: Files, here: string, last: boolean, expectDirectory: boolean): void {
  if (last && !expectDirectory) {
    attempt(`failed to create mount target file ${here}`, here, () => files.create(here).close());
    return;
  }
  const what = last ? "mount target directory" : "intermediate mount target directory";
  attempt(`failed to create ${what} ${here}`, here, () => files.makeDirectory(here));
}

function accept(
  { type }: FileStatus,
  here: string,
  last: boolean,
  { destination, context, ...target }: MountTarget,
): void {
  if (type === "symlink") {
    throw new Rejection("symlink-on-the-way", `${context} ${destination} traverses a symlink at ${here}`);
  }
  if (!last) {
    if (type === "dir") return;
    const text = `${context} ${destination} traverses a non-directory path component at ${here}`;
    throw new Rejection("not-a-directory", text);
  }
  if ((type === "dir") === target.expectDirectory) return;
  const found = type === "dir" ? "a directory" : "a non-directory";
  throw new Rejection("target-of-other-type", `${context} ${destination} already exists as ${found} at ${here}`);
}
