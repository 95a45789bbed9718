/** Copies what a cell leaves to a directory of the user's, for --keep. */
import { cpSync, lstatSync, mkdirSync } from "node:fs";
import { CupelError } from "../../../src/errors.ts";
import { systemWords } from "../../host/system-words.ts";
import { ofTheMachine } from "../../host/unwritable-file.ts";
import type { PreparedCell } from "./prepare-cell.ts";

/**
 * What to call before a cell's directory is removed: it copies the directory to TOP/SYSTEM/AREA/CASE@RUNTIME. Links are
 * copied as links; devices, fifos and sockets are left out. Throws CupelError when `top` is there already, or cannot be
 * written.
 */
export function keepCells(top: string): (cell: Pick<PreparedCell, "id" | "directory">) => void {
  const status = attempt(top, () => lstatSync(top, { throwIfNoEntry: false }));
  if (status !== undefined) throw cannotKeep(top, "it exists already");
  return (cell) => {
    if (lstatSync(cell.directory, { throwIfNoEntry: false }) === undefined) return;
    const [system = "", area = "", rest = ""] = cell.id.split("/");
    attempt(top, () => {
      mkdirSync(`${top}/${system}/${area}`, { recursive: true });
      const copied = `${top}/${system}/${area}/${rest}`;
      cpSync(cell.directory, copied, { recursive: true, verbatimSymlinks: true, filter: isPlain });
    });
  };
}

/** What `work` gives; what the system refuses it is told of `top`. */
function attempt<Result>(top: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw cannotKeep(top, systemWords(String(error.code)), ofTheMachine.includes(error.code) ? 3 : 2);
  }
}

function isPlain(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status !== undefined && (status.isFile() || status.isDirectory() || status.isSymbolicLink());
}

function cannotKeep(top: string, why: string, exit: 2 | 3 = 2): CupelError {
  const hint = "name a new directory on a file system with room";
  return new CupelError("cannot-keep", `cannot keep cells in ${top}: ${why}`, { hint, exit });
}
