/** Makes a file tree on disk, below a directory of ours and without following any link. */
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import type { Tree } from "../../src/suite/case.ts";
import { makeFixture } from "../execute/cell/fixtures.ts";

/**
 * Makes `tree` below `root` (absolute, existing). Modes are as the tree says whatever the umask, 755 and 644 where it says
 * nothing. Throws CupelError `bad-fixture` for a path that leads elsewhere, and what the system throws.
 */
export function plantTree(root: string, tree: Tree): void {
  for (const entry of tree) {
    if (entry.type === "fifo") makeFifo(root, entry.path, entry.mode ?? "644");
    // Nothing could be put into a directory that may not be written.
    else makeFixture(root, entry.type === "dir" ? { ...entry, mode: "755" } : entry);
  }
  for (const { path, type, mode } of [...tree].reverse()) {
    if (type === "dir" && mode !== undefined) chmodSync(path, Number.parseInt(mode, 8));
  }
}

function makeFifo(root: string, path: string, mode: string): void {
  const parent = path.slice(0, path.lastIndexOf("/"));
  // Checks the path, and makes its parents.
  makeFixture(root, { path: parent, type: "dir" });
  execFileSync("mkfifo", ["-m", mode, "--", path], { stdio: ["pipe", "pipe", "pipe"] });
}
