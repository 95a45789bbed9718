/** Finds the JSON files of a data directory, without following a link. */
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CupelError } from "../../src/errors.ts";
import type { DataRoot } from "./data-root.ts";
import { attempt, linked, readDataFile } from "./read-file.ts";

/** A file of a data directory. */
export interface DataFile {
  /** Below the root, e.g. `cases/snix/mounts.json`. */
  readonly path: string;
  /** What messages call it. */
  readonly shown: string;
  /** Reads it whole. Throws as {@link readDataFile}. */
  text(): string;
}

/**
 * All `.json` files below `name` of `root`, by path; empty when there is no such directory. Names that start with a dot
 * and README.md are passed over.
 * Throws CupelError `linked-file` for a link anywhere, `stray-file` for anything else: a table with a misspelt ending
 * would never be judged, and nobody would notice.
 */
export function listFiles(root: DataRoot, name: string): readonly DataFile[] {
  const files: DataFile[] = [];
  const top = join(root.directory, name);
  const status = attempt(root.prefix + name, () => lstatSync(top, { throwIfNoEntry: false }));
  if (status?.isSymbolicLink()) throw linked(root.prefix + name);
  if (status !== undefined) walk(root, name, files);
  return files;
}

function walk(root: DataRoot, directory: string, files: DataFile[]): void {
  const shown = root.prefix + directory;
  const entries = attempt(shown, () => readdirSync(join(root.directory, directory), { withFileTypes: true }));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${directory}/${entry.name}`;
    if (entry.name.startsWith(".") || entry.name === "README.md") continue;
    if (entry.isSymbolicLink()) throw linked(root.prefix + path);
    if (entry.isDirectory()) walk(root, path, files);
    else if (entry.isFile() && entry.name.endsWith(".json")) files.push(fileAt(root, path));
    else throw stray(root.prefix + path);
  }
}

function fileAt(root: DataRoot, path: string): DataFile {
  const shown = root.prefix + path;
  return { path, shown, text: () => readDataFile(join(root.directory, path), shown) };
}

function stray(shown: string): CupelError {
  return new CupelError("stray-file", `${shown} is neither a directory nor a .json file`, {
    hint: "name it *.json, or move it elsewhere",
  });
}
