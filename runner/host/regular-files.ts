/** Regular files on disk, opened so that nothing else is. The places are resolved already; `path` is what errors name. */
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { type FileReader, type FileWriter, HostError, refusedForSafety } from "../../src/systems/host.ts";
import { call } from "./system-call.ts";

/** Opens a regular file for reading. Never blocks on a fifo, never touches a device, never follows a link. */
export function openRegular(place: string, path: string): number {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const status = fstatSync(file);
  if (status.isFile()) return file;
  closeSync(file);
  throw new HostError(status.isDirectory() ? "EISDIR" : "EIO", path);
}

/** The bytes of the regular file at `place`. */
export function readRegular(place: string, path: string): Uint8Array {
  const file = openRegular(place, path);
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Reads an open file piece by piece. */
export function reader(file: number, path: string): FileReader {
  const buffer = new Uint8Array(256 * 1024);
  return {
    read: () =>
      buffer.subarray(
        0,
        call(path, () => readSync(file, buffer)),
      ),
    close: () => closeSync(file),
  };
}

/** Writes an open file piece by piece. */
export function writer(file: number, path: string): FileWriter {
  return {
    write: (bytes) => {
      for (let done = 0; done < bytes.length; ) done += call(path, () => writeSync(file, bytes, done));
    },
    close: (modified) => {
      if (modified !== undefined) call(path, () => futimesSync(file, modified, modified));
      closeSync(file);
    },
  };
}

/** Throws unless a regular file, or nothing, is at `place`. */
function expectRegular(place: string, path: string): void {
  const status = lstatSync(place, { throwIfNoEntry: false });
  if (status === undefined || status.isFile()) return;
  if (status.isSymbolicLink()) throw refusedForSafety(`${path} is a symbolic link; writing would follow it`);
  throw new HostError(status.isDirectory() ? "EISDIR" : "EIO", path);
}

/** Writes the regular file at `place`, or a new one, whole. */
export function writeRegular(place: string, path: string, bytes: Uint8Array): void {
  expectRegular(place, path);
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const file = openSync(place, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o666);
  try {
    writeFileSync(file, bytes);
  } finally {
    closeSync(file);
  }
}

const piece = new Uint8Array(256 * 1024);

/** Copies a regular file, with its mode where none is given. Neither follows a link in the place of the source, nor one in that of the copy. */
export function copyRegular(from: string, to: string, path: string, given: number | undefined, umask: number): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_TRUNC, O_NOFOLLOW } = constants;
  const source = openSync(from, constants.O_RDONLY | O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = fstatSync(source);
    const mode = given ?? status.mode & 0o7777;
    let copy: number;
    let isNew = true;
    try {
      copy = openSync(to, O_WRONLY | O_CREAT | O_EXCL, mode & 0o777);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      expectRegular(to, path);
      copy = openSync(to, O_WRONLY | O_TRUNC | O_NOFOLLOW);
      isNew = false;
    }
    try {
      // What says that it is empty need not be: files in /proc do.
      const end = status.size === 0 ? Number.POSITIVE_INFINITY : status.size;
      for (let copied = 0; copied < end; ) {
        const size = readSync(source, piece, 0, piece.length, null);
        if (size === 0) break;
        for (let done = 0; done < size; ) done += writeSync(copy, piece, done, size - done);
        copied += size;
      }
      // Writing takes set-id bits away, the umask others.
      if (!isNew || (mode & (0o7000 | umask)) !== 0) fchmodSync(copy, mode);
    } finally {
      closeSync(copy);
    }
  } finally {
    closeSync(source);
  }
}
