/** The fresh directories that cases call {{tmp}}. */
import { chmodSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { removeTree } from "../execute/jail/remove-tree.ts";
import { makeScratchDirectory } from "../host/scratch-directory.ts";

/** Directories below one of ours, which goes with all of them. */
export interface CaseDirectories {
  /** The canonical path of a fresh, empty directory. */
  make(): string;
  /** Removes it with all that is in it. */
  remove(directory: string): void;
  /** Removes everything. Does nothing when nothing was made; may be called again. */
  removeAll(): void;
}

/** Nothing is made before it is asked for. */
export function caseDirectories(): CaseDirectories {
  let base: string | undefined;
  let made = 0;
  return {
    make: () => {
      base ??= makeScratchDirectory();
      made += 1;
      const directory = `${base}/${made}`;
      mkdirSync(directory, { mode: 0o755 });
      chmodSync(directory, 0o755);
      return directory;
    },
    remove: removeAllOf,
    removeAll: () => {
      if (base !== undefined) removeAllOf(base);
      base = undefined;
    },
  };
}

/** An implementation may leave directories that their owner cannot look into. */
function removeAllOf(directory: string): void {
  if (removeTree(directory).length === 0) return;
  openUp(directory);
  removeTree(directory);
}

function openUp(directory: string): void {
  try {
    chmodSync(directory, 0o700);
    for (const name of readdirSync(directory)) {
      const path = `${directory}/${name}`;
      if (lstatSync(path).isDirectory()) openUp(path);
    }
  } catch {
    // Somebody else's; what can be removed will be.
  }
}
