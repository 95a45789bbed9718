/** Removes a directory with all that is in it. Fact sheet: section 2, Rust's `fs::remove_dir_all`. */
import { type Files, HostError } from "../host.ts";

/**
 * Removes the tree at `path`: a link is only unlinked, anything else that is no directory is ENOTDIR, and below that nothing
 * is followed. Throws {@link HostError}; what is removed by then is gone.
 */
export function removeTree(files: Files, path: string): void {
  const { type } = files.lstat(path);
  if (type === "symlink") files.removeFile(path);
  else if (type === "dir") removeWritten(files, path);
  else throw new HostError("ENOTDIR", path);
}

/** The open directory is emptied, even when the way to it, a link, lies in it and is gone before the rest; then nothing is left to remove. */
function removeWritten(files: Files, path: string): void {
  emptyDirectory(files, files.realPath(path));
  try {
    files.removeDirectory(path);
  } catch (error) {
    if (!(error instanceof HostError && error.errno === "ENOENT")) throw error;
  }
}

function emptyDirectory(files: Files, path: string): void {
  for (const name of files.readDirectory(path)) removeEntry(files, `${path}/${name}`);
}

/** Nearly everything is no directory, so that is tried first (unlink(2) says EISDIR, elsewhere EPERM). */
function removeEntry(files: Files, path: string): void {
  try {
    files.removeFile(path);
  } catch (error) {
    if (!(error instanceof HostError) || (error.errno !== "EISDIR" && error.errno !== "EPERM")) throw error;
    if (files.lstat(path).type !== "dir") throw error;
    emptyDirectory(files, path);
    files.removeDirectory(path);
  }
}
