/** Writes the expected document of a case. */
import { lstatSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { CupelError } from "../../src/errors.ts";
import { replaceFile } from "../host/replace-file.ts";
import { unwritableFile } from "../host/unwritable-file.ts";
import type { DataRoot } from "./data-root.ts";
import { goldenPath } from "./load-goldens.ts";
import { linked } from "./read-file.ts";

/**
 * Puts `text` in place of the golden of the case `id`, whole. Directories are made as needed; no link is followed.
 * Throws CupelError `linked-file` or `unwritable-file`.
 */
export function writeGolden(root: DataRoot, id: string, text: string): void {
  const path = goldenPath(id);
  const place = join(root.directory, path);
  try {
    makeParents(root, dirname(path));
    replaceFile(place, text);
  } catch (error) {
    if (error instanceof CupelError || !(error instanceof Error && "code" in error)) throw error;
    throw unwritableFile(root.prefix + path, error);
  }
}

/** One directory after the other, so that each can be looked at before it is entered. */
function makeParents(root: DataRoot, directory: string): void {
  let path = "";
  for (const part of directory.split("/")) {
    path = path === "" ? part : `${path}/${part}`;
    const place = join(root.directory, path);
    const status = lstatSync(place, { throwIfNoEntry: false });
    if (status?.isSymbolicLink()) throw linked(root.prefix + path);
    if (status === undefined) mkdirSync(place);
  }
}
