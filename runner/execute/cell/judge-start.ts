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
  const words = runtimeWords(launched, paths).trim().slice(0, wordsCap);
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
    refs: [`${cell.runtime.profile.name} ${cell.runtime.version}`],
  };
}

/** Whether next to nothing more can be written where the cell lies; the end of a cell frees a few blocks. */
function isFull(directory: string): boolean {
  const { bavail, blocks, ffree, files } = statfsSync(directory);
  return bavail * 1000 < blocks || ffree * 1000 < files;
}

/** What the runtime logged as errors, else what it wrote to its standard error. */
function runtimeWords(launched: Launched, paths: CellPaths): string {
  try {
    const lines = readCapped(paths.log, logCap).split("\n").filter(Boolean);
    const errors = lines.flatMap((line) => {
      const entry = JSON.parse(line) as { level?: string; msg?: string };
      return entry.level === "error" || entry.level === "fatal" ? [entry.msg ?? ""] : [];
    });
    if (errors.length > 0) return errors.join("; ");
  } catch {
    // no log, or one that is cut off: the standard error is all there is
  }
  return launched.stderr;
}
