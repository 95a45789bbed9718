/** Takes out of a cell's checks what belongs to this run alone, so that reports of two runs can be compared. */
import type { CheckEvent } from "../../../src/suite/event.ts";
import { mapStrings } from "../../../src/suite/map-strings.ts";
import type { ExecutedCell } from "./execute-cell.ts";

/** The cell's directory and its cgroup, below `cgroups`, are shown as the tokens {{cell}} and {{cgroup}}. */
export function withoutPaths({ cell, checks }: ExecutedCell, directory: string, cgroups: string): ExecutedCell {
  const cgroup = `${cgroups}/${directory.slice(directory.lastIndexOf("/") + 1)}`;
  const last = directory.slice(directory.lastIndexOf("/"));
  const named = (text: string): string =>
    text.includes(last) ? text.replaceAll(directory, "{{cell}}").replaceAll(cgroup, "{{cgroup}}") : text;
  return { cell, checks: checks.map((check) => renamed(check, named)) };
}

/** Most checks hold neither, and stay what they are. */
function renamed(check: CheckEvent, named: (text: string) => string): CheckEvent {
  const promised = check.promised === undefined ? undefined : mapStrings(check.promised, named);
  const seen = check.seen === undefined ? undefined : mapStrings(check.seen, named);
  const reason = check.reason === undefined ? undefined : named(check.reason);
  if (promised === check.promised && seen === check.seen && reason === check.reason) return check;
  return {
    ...check,
    ...(promised === undefined ? {} : { promised }),
    ...(seen === undefined ? {} : { seen }),
    ...(reason === undefined ? {} : { reason }),
  };
}
