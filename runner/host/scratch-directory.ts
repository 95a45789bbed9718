/** A directory of its own for an operation. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs `work` with a fresh, empty directory (0700), and removes the directory with all that is in it afterwards. */
export function withScratchDirectory<Result>(work: (directory: string) => Result): Result {
  const directory = mkdtempSync(join(tmpdir(), "cupel-"));
  try {
    return work(directory);
  } finally {
    // Removes links, and does not follow them.
    rmSync(directory, { recursive: true, force: true });
  }
}
