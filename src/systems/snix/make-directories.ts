/** Makes a directory with its parents, as Rust's `fs::create_dir_all` does. */
import { type Files, HostError } from "../host.ts";

/**
 * Makes the directory at `path` (absolute, without slashes too many) and its missing parents; existing ones are fine.
 * Throws {@link HostError} as the first call that fails does.
 */
export function makeDirectories(files: Files, path: string): void {
  const failure = tryMake(files, path);
  if (failure === undefined) return;
  const slash = path.lastIndexOf("/");
  if (failure.errno !== "ENOENT" || slash <= 0) throw failure;
  makeDirectories(files, path.slice(0, slash));
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
    return isDirectory(files, path) ? undefined : error;
  }
}

function isDirectory(files: Files, path: string): boolean {
  try {
    const { type } = files.lstat(path);
    return type === "symlink" ? files.lstat(`${path}/.`).type === "dir" : type === "dir";
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}
