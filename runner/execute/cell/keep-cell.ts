/** Copies what a cell leaves to a directory of the user's, for --keep. */
import { cpSync, lstatSync, mkdirSync } from "node:fs";
import { CupelError } from "../../../src/errors.ts";
import type { PreparedCell } from "./prepare-cell.ts";

/**
 * What to call before a cell's directory is removed: it copies the directory to TOP/SYSTEM/AREA/CASE@RUNTIME.
 * Links are copied as links. Throws CupelError when `top` is there already.
 */
export function keepCells(top: string): (cell: PreparedCell) => void {
  try {
    mkdirSync(top);
  } catch (error) {
    const status = lstatSync(top, { throwIfNoEntry: false });
    throw new CupelError("cannot-keep", `--keep ${top}: ${status ? "exists already" : (error as Error).message}`, {
      hint: "name a new directory",
    });
  }
  return (cell) => {
    if (lstatSync(cell.directory, { throwIfNoEntry: false }) === undefined) return;
    const [system = "", area = "", rest = ""] = cell.id.split("/");
    mkdirSync(`${top}/${system}/${area}`, { recursive: true });
    cpSync(cell.directory, `${top}/${system}/${area}/${rest}`, { recursive: true, verbatimSymlinks: true });
  };
}
