/** Makes the table short: subjects of which everybody says the same share a row. */
import { equalJson } from "../../json/equal.ts";
import { absent } from "../order.ts";
import type { Cell, Row } from "./posture.ts";

/** Rows of one rule with the same words in every column become one, in the place of the first. */
export function mergeRows(rows: readonly Row[]): readonly Row[] {
  const merged: Row[] = [];
  for (const row of rows) {
    const at = merged.findIndex(
      (other) =>
        other.rule === row.rule &&
        other.asked === row.asked &&
        other.cells.every((cell, index) => isSame(cell, row.cells[index])),
    );
    const other = merged[at];
    if (other === undefined) merged.push(row);
    else merged[at] = { ...other, subjects: [...other.subjects, ...row.subjects] };
  }
  return merged;
}

/** Rules on what a mount is like: that it is not there is told once, by the rule on mounts. */
const ofMounts: readonly string[] = [
  "bind-source",
  "writes",
  "ownership",
  "exports",
  "propagation",
  "set-uid",
  "no-exec",
  "no-devices",
  "tmpfs-size",
];

/** Whether all of several systems say the same; for {@link ofMounts} all that have the mount. */
export function isAlike({ rule, cells }: Row): boolean {
  if (cells.length < 2) return false;
  const unmarked = cells.every(({ relation }) => relation === undefined);
  const said = ofMounts.includes(rule) && unmarked ? cells.filter(({ value }) => value !== absent) : cells;
  return said.every((cell) => isSame(cell, said[0]));
}

/** Whether two cells read the same. */
function isSame(cell: Cell, other: Cell | undefined): boolean {
  return (
    other !== undefined &&
    cell.words.text === other.words.text &&
    cell.relation === other.relation &&
    equalJson(cell.words.list ?? [], other.words.list ?? [])
  );
}
