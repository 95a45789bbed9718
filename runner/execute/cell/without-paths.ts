/** Takes out of a cell's checks what belongs to this run alone, so that reports of two runs can be compared. */
import type { Json } from "../../../src/json/value.ts";
import { mapStrings } from "../../../src/suite/map-strings.ts";
import type { ExecutedCell } from "./execute-cell.ts";

/** The cell's directory and its cgroup, below `cgroups`, are shown as the tokens {{cell}} and {{cgroup}}. */
export function withoutPaths({ cell, checks }: ExecutedCell, directory: string, cgroups: string): ExecutedCell {
  const cgroup = `${cgroups}/${directory.slice(directory.lastIndexOf("/") + 1)}`;
  const named = (text: string): string => text.replaceAll(directory, "{{cell}}").replaceAll(cgroup, "{{cgroup}}");
  const name = (value: Json): Json => mapStrings(value, named);
  return {
    cell,
    checks: checks.map((check) => ({
      ...check,
      ...(check.promised === undefined ? {} : { promised: name(check.promised) }),
      ...(check.seen === undefined ? {} : { seen: name(check.seen) }),
      ...(check.reason === undefined ? {} : { reason: named(check.reason) }),
    })),
  };
}
