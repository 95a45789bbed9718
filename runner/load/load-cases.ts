/** Loads the table of cases. */
import type { PlacedCase } from "../../src/suite/case.ts";
import { placeCases, readTable } from "../../src/suite/read-table.ts";
import type { DataRoot } from "./data-root.ts";
import { listFiles } from "./list-files.ts";

/** All cases below `cases/` of `root`, with their full ids. Throws CupelError for a table that cannot be read or placed. */
export function loadCases(root: DataRoot): readonly PlacedCase[] {
  const files = listFiles(root, "cases");
  return placeCases(files.map((file) => ({ file: file.shown, table: readTable(file.text(), file.shown) })));
}
