/** Makes a directory with its parents. Fact sheet: section 2, Rust's `fs::create_dir_all`. */
import { parentPath } from "../../rust/path.ts";
import { type Files, HostError } from "../host.ts";
import { leadsTo } from "./leads-to.ts";

/**
 * Makes the directory at `path`; one that is there, or a link to one, is fine, and so is the empty path. Throws
 * {@link HostError} as the first call that fails does.
 */
export function makeDirectories(files: Files, path: string): void {
  if (path === "") return;
  const failure = tryMake(files, path);
  if (failure === undefined) return;
  const parent = parentPath(path);
  if (failure.errno !== "ENOENT" || parent === undefined) throw failure;
  makeDirectories(files, parent);
  const second = tryMake(files, path);
  if (second !== undefined) throw second;
}

/** Why there is no directory now. */
function tryMake(files: Files, path: string): HostError | undefined {
  try {
    files.makeDirectory(path);
    return undefined;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.errno === "ENOENT") return error;
    return leadsTo(files, path, "dir") ? undefined : error;
  }
}
