/** Reads text files: those of the data directories strictly, those a user names as the user means it. */
import { closeSync, lstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { CupelError } from "../../src/errors.ts";
import { joinBytes } from "../host/join-bytes.ts";
import { systemWords } from "../host/system-words.ts";

/** Largest file that is read, in bytes; of saved reports, whose size goes with the table's, more. */
export const largestFile: number = 32 * 1024 * 1024;
/** Largest saved report that is read, in bytes. */
export const largestReport: number = 256 * 1024 * 1024;

/**
 * The text of a file of a data directory: a regular file, no link, UTF-8. `shown` is what messages call it.
 * Throws CupelError `linked-file`, `not-a-file`, `too-large`, `not-utf8`, `no-such-file` or `unreadable-file`.
 */
export function readDataFile(path: string, shown: string): string {
  const status = attempt(shown, () => lstatSync(path));
  if (status.isSymbolicLink()) throw linked(shown);
  if (!status.isFile()) throw new CupelError("not-a-file", `${shown} is not a regular file`);
  if (status.size > largestFile) throw tooLarge(shown, largestFile);
  return decodeUtf8(
    attempt(shown, () => readFileSync(path)),
    shown,
  );
}

/** The text of a file that a user names, at most `limit` bytes; links and pipes (`<(command)`) are followed. Throws as {@link readDataFile}. */
export function readUserFile(path: string, shown: string, limit: number = largestFile): string {
  const status = attempt(shown, () => statSync(path));
  if (status.isDirectory()) throw new CupelError("not-a-file", `${shown} is a directory, not a file`);
  return decodeUtf8(
    attempt(shown, () => readAtMost(path, limit + 1)),
    shown,
    limit,
  );
}

/** What has no size, such as a pipe or /dev/zero, has no end either. */
function readAtMost(path: string, limit: number): Uint8Array {
  const file = openSync(path, "r");
  try {
    const parts: Uint8Array[] = [];
    let size = 0;
    while (size < limit) {
      const part = new Uint8Array(Math.min(65_536, limit - size));
      const count = readSync(file, part);
      if (count === 0) break;
      parts.push(part.subarray(0, count));
      size += count;
    }
    return joinBytes(parts, size);
  } finally {
    closeSync(file);
  }
}

/** `bytes` as text. Throws CupelError `too-large` (beyond `limit` bytes) or `not-utf8`, naming `shown`. */
export function decodeUtf8(bytes: Uint8Array, shown: string, limit: number = largestFile): string {
  if (bytes.length > limit) throw tooLarge(shown, limit);
  try {
    // The byte order mark stays: the JSON reader has something to say about it.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CupelError("not-utf8", `${shown} is not UTF-8 text`, { hint: "save it as UTF-8" });
  }
}

/** A link where none may be: it could lead anywhere. */
export function linked(shown: string): CupelError {
  return new CupelError("linked-file", `${shown} is a symbolic link, which is never followed here`, {
    hint: "put the file itself in its place",
  });
}

function tooLarge(shown: string, limit: number): CupelError {
  return new CupelError("too-large", `${shown} is larger than ${limit / 1024 / 1024} MiB`);
}

/** The result of a file system call, or a CupelError that names the file and what the system said. */
export function attempt<Result>(shown: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    if (code === "ENOENT") throw new CupelError("no-such-file", `there is no file ${shown}`, { cause: error });
    throw new CupelError("unreadable-file", `cannot read ${shown}: ${systemWords(code)}`, { cause: error });
  }
}
