/** Throw-away directories for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Runs `work` with a fresh directory that holds `files` (path below it to text), and removes it. */
export async function withDirectory(
  files: { readonly [path: string]: string },
  work: (directory: string) => void | Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "cupel-test-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
