/** Copies what a cell leaves to a directory of the user's, for --keep. */
import { cpSync, lstatSync, mkdirSync } from "node:fs";
import { CupelError } from "../../../src/errors.ts";
import type { PreparedCell } from "./prepare-cell.ts";

/**
 * What to call before a cell's directory is removed: it copies the directory to TOP/SYSTEM/AREA/CASE@RUNTIME. Links are
 * copied as links; devices, fifos and sockets are left out. Throws CupelError when `top` is there already, or cannot be
 * written.
 */
export function keepCells(top: string): (cell: PreparedCell) => void {
  if (lstatSync(top, { throwIfNoEntry: false }) !== undefined) throw cannotKeep(top, "it exists already");
  return (cell) => {
    if (lstatSync(cell.directory, { throwIfNoEntry: false }) === undefined) return;
    const [system = "", area = "", rest = ""] = cell.id.split("/");
    try {
      mkdirSync(`${top}/${system}/${area}`, { recursive: true });
      const copied = `${top}/${system}/${area}/${rest}`;
      cpSync(cell.directory, copied, { recursive: true, verbatimSymlinks: true, filter: isPlain });
    } catch (error) {
      throw cannotKeep(top, (error as Error).message);
    }
  };
}

function isPlain(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status !== undefined && (status.isFile() || status.isDirectory() || status.isSymbolicLink());
}

function cannotKeep(top: string, why: string): CupelError {
  return new CupelError("cannot-keep", `Cannot keep cells in ${top}: ${why}`, {
    hint: "name a new directory on a file system with room",
  });
}
