/** The file that marks a directory as a root of cells. Fact sheet: upstream src/runtime/linux.rs. */
import { encodeUtf8, textOfUtf8 } from "../../bytes/utf8.ts";
import { joinPath } from "../../rust/path.ts";
import type { Files } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";

/** Makes sure that `root` has a sentinel, an empty one if need be. Gives its path. Throws {@link Rejection}. */
export function prepareSentinel(files: Files, root: string): string {
  const status = attempt(`failed to inspect container root ${root}`, root, () => files.lstat(root));
  if (status.type === "symlink") {
    throw new Rejection("symlink-on-the-way", `container root ${root} traverses a symlink`);
  }
  const path = joinPath(root, ".metalor-root");
  const found = attempt(`failed to inspect runtime root sentinel ${path}`, path, () => files.find(path));
  if (found === undefined) {
    attempt(`failed to create runtime root sentinel ${path}`, path, () => files.create(path).close());
  } else if (found.type === "symlink") {
    throw new Rejection("sentinel-is-symlink", `runtime root sentinel ${path} must not be a symlink`);
  } else if (found.type !== "file") {
    throw new Rejection("sentinel-is-no-file", `runtime root sentinel ${path} must be a file`);
  }
  return path;
}

/** Writes the prefix into the sentinel of `root`, as it is. Throws {@link Rejection}. */
export function writeSentinel(files: Files, root: string, canonicalPrefix: string): void {
  const path = prepareSentinel(files, root);
  const text = encodeUtf8(canonicalPrefix);
  attempt(`failed to write runtime root sentinel ${path}`, path, () => files.writeFile(path, text));
}

/** Throws {@link Rejection} unless the sentinel of `root` holds exactly the prefix. One that was missing is there afterwards, empty. */
export function ensureSentinel(files: Files, root: string, canonicalPrefix: string): void {
  const path = prepareSentinel(files, root);
  const bytes = attempt(`missing runtime root sentinel ${path}`, path, () => files.readFile(path));
  if (textOfUtf8(bytes) === canonicalPrefix) return;
  const text = `runtime root sentinel ${path} did not match the declared runtime root prefix`;
  throw new Rejection("sentinel-mismatch", text);
}
