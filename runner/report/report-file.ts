/** A report in a file: complete, or not there at all. */
import { lstatSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { CupelError } from "../../src/errors.ts";
import { replaceFile, tryReplacing } from "../host/replace-file.ts";
import { unwritableFile } from "../host/unwritable-file.ts";

/** A file whose text is kept until it is whole, so that a run that is killed leaves nothing behind. */
export interface ReportFile {
  write(text: string): void;
  /** Puts the file in its place. Throws CupelError `unwritable-file`, and then leaves what was there before. */
  commit(): void;
}

/**
 * Opens a report at `path` (absolute; `shown` in messages). A file takes its place at once, also where a link leads to
 * one; a pipe or a device of that name is written as it is.
 * Throws CupelError `unwritable-file` when it is clear now that it could not be written.
 */
export function openReportFile(path: string, shown: string): ReportFile {
  const put = attempt(shown, () => opened(path, shown));
  const parts: string[] = [];
  return {
    write: (text) => {
      parts.push(text);
    },
    commit: () => attempt(shown, () => put(parts.join(""))),
  };
}

/** What writes the text. */
function opened(path: string, shown: string): (text: string) => void {
  const link = lstatSync(path, { throwIfNoEntry: false });
  const status = link?.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : link;
  if (status?.isDirectory()) throw new CupelError("unwritable-file", `cannot write ${shown}: it is a directory`);
  // Renaming over a pipe, a device (/dev/stderr) or a link that leads nowhere would replace it.
  if (link !== undefined && !status?.isFile()) return (text) => writeFileSync(path, text);
  const place = link === undefined ? path : realpathSync(path);
  tryReplacing(place);
  return (text) => replaceFile(place, text, status === undefined ? undefined : status.mode & 0o777);
}

function attempt<Result>(shown: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (error instanceof Error && "code" in error && !(error instanceof CupelError)) throw unwritableFile(shown, error);
    throw error;
  }
}
