/** The check `starts` of every cell: the runtime ran the step to its end. */
import { statfsSync } from "node:fs";
import type { CheckEvent } from "../../../src/suite/event.ts";
import type { Transcript } from "../probe/protocol.ts";
import { readCapped } from "../read-capped.ts";
import type { Launched } from "../runtime/launch.ts";
import type { CellPaths } from "../runtime/runtime.ts";
import type { PreparedCell } from "./prepare-cell.ts";

/** Bytes of the runtime's log that are read, and characters of its words that are shown. */
const logCap = 65_536;
const wordsCap = 2000;

/** Whether the cell started, did its step and ended as it should, with the runtime's own words where it did not. */
export function judgeStart(
  cell: PreparedCell,
  launched: Launched,
  transcript: Transcript,
  paths: CellPaths,
): Omit<CheckEvent, "type" | "id"> {
  const promised = "the runtime runs the step to its end and exits with 0";
  if (launched.stopped !== undefined) {
    const reasons = {
      "time-out": "the cell did not end before its deadline and was killed",
      "output-cap": "the cell wrote more than may be kept and was killed",
      interrupted: "the run was interrupted",
      stuck: "the cell was killed and its streams did not close",
    };
    return { verdict: "error", code: launched.stopped, reason: reasons[launched.stopped] };
  }
  if (transcript.state === "answered" && transcript.complete && launched.exit === 0) return { verdict: "pass" };
  if (launched.signal !== null) {
    return { verdict: "error", code: "killed", reason: `somebody killed the runtime with ${launched.signal}` };
  }
  if (isFull(cell.directory)) {
    const reason = "the work file system is full, and who filled it is not known";
    return { verdict: "error", code: "no-space", reason };
  }
  const { first, more } = runtimeWords(launched, paths);
  const words = first.trim().slice(0, wordsCap);
  const how = `exit ${launched.exit}`;
  const what =
    transcript.state !== "answered"
      ? "no answer from the step"
      : transcript.complete
        ? "though the step came to its end"
        : "answers cut short";
  return {
    verdict: "fail",
    promised,
    seen: words === "" ? `${how}, ${what}` : `${how}, ${what}: ${words}`,
    ...(more.length === 0 ? {} : { reason: `then: ${more.join("; ")}`.slice(0, wordsCap) }),
    refs: [`${cell.runtime.profile.name} ${cell.runtime.version}`],
  };
}

/** Whether next to nothing more can be written where the cell lies; the end of a cell frees a few blocks. */
function isFull(directory: string): boolean {
  const { bavail, blocks, ffree, files } = statfsSync(directory);
  return bavail * 1000 < blocks || ffree * 1000 < files;
}

/** Whether an error is news: some runtimes log each again on its way out, with more words before it. */
function isNew(error: string, index: number, all: readonly string[]): boolean {
  const last = error.slice(error.lastIndexOf(": ") + 1).trim();
  return !all.slice(0, index).some((earlier) => earlier.includes(last));
}

/**
 * What the runtime logged as errors, else what it wrote to its standard error. The first error is the cause; the others may be
 * what its cleaning up came to, which is not the same every time.
 */
function runtimeWords(
  launched: Launched,
  paths: CellPaths,
): { readonly first: string; readonly more: readonly string[] } {
  try {
    const lines = readCapped(paths.log, logCap).split("\n").filter(Boolean);
    const errors = lines.flatMap((line) => {
      // runc and crun write "error" and msg, youki "ERROR", message, and err or e.
      const { level, msg, message, e, err = e } = JSON.parse(line) as { readonly [key: string]: unknown };
      if (!/^(error|fatal)$/i.test(String(level))) return [];
      return [[msg ?? message, err].filter((part) => typeof part === "string").join(": ")];
    });
    const [first, ...more] = errors.filter(isNew);
    if (first !== undefined) return { first, more };
  } catch {
    // no log, or one that is cut off: the standard error is all there is
  }
  return { first: launched.stderr, more: [] };
}
