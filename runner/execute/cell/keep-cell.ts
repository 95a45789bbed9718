/** Copies what a cell leaves to a directory of the user's, for --keep. */
import { cpSync, lstatSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { CupelError } from "../../../src/errors.ts";
import type { PreparedCell } from "./prepare-cell.ts";

/**
 * What to call before a cell's directory is removed: it copies the directory to DIRECTORY/SYSTEM/AREA/CASE@RUNTIME.
 * Links are copied as links. Throws CupelError when `directory` is there and not an empty directory.
 */
export function keepCells(directory: string, cwd: string): (cell: PreparedCell) => void {
  const top = resolve(cwd, directory);
  try {
    mkdirSync(top);
  } catch (error) {
    const status = lstatSync(top, { throwIfNoEntry: false });
    throw new CupelError(
      "cannot-keep",
      `--keep ${directory}: ${status ? "exists already" : (error as Error).message}`,
      {
        hint: "name a new directory",
      },
    );
  }
  return (cell) => {
    if (lstatSync(cell.directory, { throwIfNoEntry: false }) === undefined) return;
    const [system = "", area = "", rest = ""] = cell.id.split("/");
    mkdirSync(`${top}/${system}/${area}`, { recursive: true });
    cpSync(cell.directory, `${top}/${system}/${area}/${rest}`, { recursive: true, verbatimSymlinks: true });
  };
}
