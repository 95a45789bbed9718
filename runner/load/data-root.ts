/** Where the tables, goldens and other data are: in the package, or in a directory of the user's. */
import { lstatSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CupelError } from "../../src/errors.ts";
import { attempt } from "./read-file.ts";

/** A directory that holds `cases/`, `golden/` and, if it likes, `policies/`, `mutants/`, `baselines/`, `profiles/`. */
export interface DataRoot {
  /** Absolute. */
  readonly directory: string;
  /** What stands before a path below it in messages: empty for the package, else the directory as it was given, with a slash. */
  readonly prefix: string;
  /** Whether it is the package's own. */
  readonly shipped: boolean;
}

/** The data of this package. */
export const shippedRoot: DataRoot = {
  directory: fileURLToPath(new URL("../../", import.meta.url)),
  prefix: "",
  shipped: true,
};

/**
 * The data that `--cases DIR` names, or the package's when it was not given. DIR is a table directory as the package is
 * one: DIR/cases/SYSTEM/AREA.json, DIR/golden/SYSTEM/AREA/CASE.json.
 * Throws CupelError `no-table` when there is no DIR or it has no `cases`, and says what it should look like.
 */
export function dataRoot(cases: string | undefined, cwd: string): DataRoot {
  if (cases === undefined) return shippedRoot;
  const directory = resolve(cwd, cases);
  if (!isDirectory(directory, cases)) throw new CupelError("no-table", `there is no directory ${cases}`);
  if (!isDirectory(join(directory, "cases"), cases)) {
    const parent = relative(cwd, join(directory, ".."));
    const isInside = directory.endsWith("/cases");
    throw new CupelError("no-table", `${cases} holds no directory "cases"`, {
      hint: isInside
        ? `name the directory above it: --cases ${parent === "" ? "." : parent}`
        : "a table looks like DIR/cases/SYSTEM/AREA.json with DIR/golden/SYSTEM/AREA/CASE.json",
    });
  }
  return { directory, prefix: `${cases.replace(/\/+$/, "")}/`, shipped: false };
}

function isDirectory(path: string, shown: string): boolean {
  const status = attempt(shown, () => lstatSync(path, { throwIfNoEntry: false }));
  // A link is let through here: DIR may be one, and listing refuses one called "cases" with the right words.
  return status !== undefined && (status.isSymbolicLink() || status.isDirectory());
}
