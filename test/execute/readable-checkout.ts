/** A checkout that other users can read: the real one may lie in somebody's home directory. */
import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What a run needs of this checkout, where everybody may read it: a checkout of root's is often root's alone. */
export async function withReadableCheckout(work: (checkout: string) => Promise<void>): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), "cupel-test-"));
  try {
    chmodSync(copy, 0o755);
    for (const name of [
      "bin",
      "src",
      "runner",
      "cases",
      "golden",
      "policies",
      "mutants",
      "profiles",
      "baselines",
      "package.json",
      "deno.json",
      "tsconfig.json",
    ]) {
      cpSync(join(root, name), join(copy, name), { recursive: true });
    }
    // Only what runs, not what checks and formats: that is most of it.
    const unneeded = /node_modules\/(@biomejs|@deno|@typescript|@types|typescript|deno|uvu)(\/|$)/;
    cpSync(join(root, "node_modules"), join(copy, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !unneeded.test(path),
    });
    await work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
