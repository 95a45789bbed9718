/** Puts a text in place of a file, whole or not at all. */
import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * `text` goes to a file beside `path`, which takes its name when it is whole; what stood there is lost only then.
 * `mode` is that of the new file before the umask. Throws what the system throws, and then leaves nothing behind.
 */
export function replaceFile(path: string, text: string, mode = 0o666): void {
  const draft = draftOf(path);
  try {
    writeFileSync(draft, text, { flag: "wx", mode });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Throws what the system throws when no file can be made beside `path`. */
export function tryReplacing(path: string): void {
  const draft = draftOf(path);
  writeFileSync(draft, "", { flag: "wx" });
  rmSync(draft, { force: true });
}

/**
 * Never a name of before: in the jail process ids are small and come again, so that the draft of a run that was killed
 * would be in the way. Names that start with a dot are passed over where data are listed.
 */
function draftOf(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID().slice(0, 8)}.part`);
}
