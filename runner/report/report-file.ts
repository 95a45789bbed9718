/** A report in a file: complete, or not there at all. */
import { closeSync, constants, lstatSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { CupelError } from "../../src/errors.ts";
import { unwritableFile } from "../host/unwritable-file.ts";

/** A file being written beside its name. */
export interface ReportFile {
  write(text: string): void;
  /** Puts the file in its place. */
  commit(): void;
  /** Leaves what was there before. */
  abort(): void;
}

/**
 * Opens a report at `path` (absolute; `shown` in messages). The text goes to a file beside it, which takes its name when
 * it is complete. A pipe or a device of that name is written directly.
 * Throws CupelError `unwritable-file`.
 */
export function openReportFile(path: string, shown: string): ReportFile {
  const status = attempt(shown, () => lstatSync(path, { throwIfNoEntry: false }));
  if (status?.isDirectory()) throw new CupelError("unwritable-file", `cannot write ${shown}: it is a directory`);
  if (status !== undefined && !status.isFile()) return directly(path, shown);
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const { O_CREAT, O_EXCL, O_WRONLY } = constants;
  const file = attempt(shown, () => openSync(draft, O_CREAT | O_EXCL | O_WRONLY, 0o666));
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    write: (text) => attempt(shown, () => writeAll(file, text)),
    commit: () =>
      attempt(shown, () => {
        close();
        renameSync(draft, path);
      }),
    abort: () => {
      try {
        close();
      } finally {
        rmSync(draft, { force: true });
      }
    },
  };
}

/** A link, a pipe or a device (`/dev/stderr`) is opened as it is: renaming over it would replace it. */
function directly(path: string, shown: string): ReportFile {
  let all = "";
  return {
    write: (text) => {
      all += text;
    },
    commit: () => attempt(shown, () => writeFileSync(path, all)),
    abort: () => {},
  };
}

function writeAll(file: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function attempt<Result>(shown: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (error instanceof Error && "code" in error) throw unwritableFile(shown, error);
    throw error;
  }
}
