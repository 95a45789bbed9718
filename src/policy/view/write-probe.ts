/** The file that a cell makes to show whether a bind is writable: which one, on which side. */
import type { Question } from "../question.ts";
import type { CellFacts } from "../rule.ts";
import type { PlannedMount } from "./mount-table.ts";
import { isReadOnlyMount } from "./mount-table.ts";
import { hostPath, inDirectory } from "./path.ts";

/** `hidden`, `read-only` or `writable`, by the config. */
export function bindAccess(planned: PlannedMount): "hidden" | "read-only" | "writable" {
  if (planned.hidden) return "hidden";
  return isReadOnlyMount(planned) ? "read-only" : "writable";
}

/** The questions about one bind mount. Several rules ask them; a question that is the same is asked once. */
export interface WriteProbe {
  /** Makes a file below the destination, never replacing one. */
  readonly create: Question;
  /** Opens the destination itself for writing, for binds of files; writes nothing. */
  readonly open: Question;
  /** The made file below the source, as the host sees it. */
  readonly made: Question;
  /** The source itself. */
  readonly source: Question;
}

/**
 * The probe for the bind at pointer `at` (`/mounts/7`) from `source` to `destination`. The file's name has the mount's
 * number in it, so that two binds of one directory do not meet.
 */
export function writeProbe(at: string, destination: string, source: string, cell: CellFacts): WriteProbe {
  const name = `.cupel-write-${at.slice("/mounts/".length)}`;
  const path = hostPath(cell.bundle, source);
  return {
    create: { on: "cell", ask: "call", call: "create", argument: inDirectory(destination, name) },
    open: { on: "cell", ask: "call", call: "open-write", argument: destination },
    made: { on: "host", ask: "stat", path: inDirectory(path, name) },
    source: { on: "host", ask: "stat", path },
  };
}
