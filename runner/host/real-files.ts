/** Real files for operations: whatever changes or reads them stays below some directories. */
import {
  chmodSync,
  constants,
  type Dirent,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmdirSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
} from "node:fs";
import { CupelError } from "../../src/errors.ts";
import { type FileStatus, type Files, type FileType, HostError, refusedForSafety } from "../../src/systems/host.ts";
import { placesBelow } from "./places-below.ts";
import { copyRegular, openRegular, reader, readRegular, writeRegular, writer } from "./regular-files.ts";
import { call } from "./system-call.ts";

/**
 * Files below `roots`, which are absolute and canonical; relative paths start from the first. Looking (the status of a
 * path, its real path, the text of a link) is free; a path that is to be read or changed and leads out of them, by its
 * words or through a link, and a write onto a link throw CupelError `refused-for-safety`. Fifos and devices are never
 * opened. Everything else that the kernel refuses throws {@link HostError}.
 */
export function realFiles(roots: readonly string[]): Files {
  const { full, entry, target, forget } = placesBelow(roots);
  const umask = process.umask();
  const look = <Result>(path: string, attempt: (place: string) => Result): Result => {
    const place = full(path);
    return call(path, () => attempt(place));
  };
  const change = (path: string, attempt: (place: string) => void): void => {
    const place = entry(path);
    call(path, () => attempt(place));
  };
  /** Where a file is to be made. The kernel makes none behind whose name a slash stands, whatever is there. */
  const newFile = (path: string): string => {
    const bare = withoutSlash(path);
    if (bare === undefined) return entry(path);
    look(bare, (place) => statSync(`${place.slice(0, place.lastIndexOf("/"))}/.`));
    throw new HostError("EISDIR", path);
  };

  return {
    lstat: (path) => look(path, (place) => statusOf(lstatSync(place))),
    stat: (path) => look(path, (place) => statusOf(statSync(place))),
    find: (path) =>
      look(path, (place) => {
        const status = lstatSync(place, { throwIfNoEntry: false });
        // A name below a file is not there either, but for another reason.
        return status === undefined ? missing(place) : statusOf(status);
      }),
    realPath: (path) => look(path, (place) => realpathSync.native(place)),
    readLink: (path) => look(path, (place) => readlinkSync(place)),
    readDirectory: (path) => {
      const place = target(path);
      return sortByBytes(
        call(path, () => readdirSync(place)),
        path,
      );
    },
    readEntries: (path) => {
      const place = target(path);
      const entries = call(path, () => readdirSync(place, { withFileTypes: true }));
      const types = new Map(entries.map((each) => [each.name, typeOf(each)]));
      return sortByBytes([...types.keys()], path).map((name) => ({ name, type: types.get(name) ?? "other" }));
    },
    readFile: (path) => {
      const place = target(path);
      return call(path, () => readRegular(place, path));
    },
    open: (path) => {
      const place = target(path);
      return call(path, () => reader(openRegular(place, path), path));
    },
    writeFile: (path, bytes) => {
      const place = newFile(path);
      call(path, () => writeRegular(place, path, bytes));
    },
    create: (path) => {
      const place = newFile(path);
      const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
      return call(path, () => writer(openSync(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666), path));
    },
    copyFile: (source, destination, mode) => {
      const from = entry(source);
      const to = newFile(destination);
      call(destination, () => copyRegular(from, to, destination, mode, umask));
    },
    makeDirectory: (path) => {
      const bare = path.replace(/\/+$/, "") || path;
      // Whoever makes parents begins with what is there already, outside too; that changes nothing.
      if (look(bare, isThere)) throw new HostError("EEXIST", path);
      change(bare, (place) => mkdirSync(place));
    },
    makeLink: (path, words) => {
      const bare = withoutSlash(path);
      if (bare !== undefined) throw new HostError(look(bare, isThere) ? "EEXIST" : "ENOENT", path);
      change(path, (place) => symlinkSync(words, place));
    },
    makeHardLink: (existing, path) => {
      throw refusedForSafety(`${path} is to be another name of ${existing}; what is written there would change both`);
    },
    setMode: (path, mode) => {
      const place = target(path);
      call(path, () => chmodSync(place, mode));
    },
    removeFile: (path) => {
      const bare = withoutSlash(path);
      if (bare !== undefined && !look(bare, (place) => lstatSync(place)).isDirectory()) {
        throw new HostError("ENOTDIR", path);
      }
      change(path, (place) => {
        // Deno's unlink takes an empty directory as well, and says of a full one that it is not empty.
        if (isDeno && lstatSync(place).isDirectory()) throw new HostError("EISDIR", path);
        unlinkSync(place);
      });
    },
    removeDirectory: (path) => {
      const bare = path.replace(/\/+$/, "") || path;
      if (roots.includes(entry(bare))) throw refusedForSafety(`${path} is the directory of this operation itself`);
      if (/(^|\/)\.\.?$/.test(bare)) throw new HostError(bare.endsWith("..") ? "ENOTEMPTY" : "EINVAL", path);
      change(bare, (place) => rmdirSync(place));
      forget();
    },
  };
}

/** `path` without the slashes behind its last name, where there are some. */
function withoutSlash(path: string): string | undefined {
  const bare = path.replace(/\/+$/, "");
  return bare === path || /(^|\/)\.{0,2}$/.test(bare) ? undefined : bare;
}

const isDeno = process.versions["deno"] !== undefined;

function isThere(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined;
}

/** Nothing, unless something other than its absence keeps `place` from being seen. */
function missing(place: string): undefined {
  try {
    lstatSync(place);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  return undefined;
}

/**
 * By UTF-8 bytes; the usual comparison is by UTF-16 units, which differs only for the rarest characters. Throws CupelError
 * `name-not-utf8`: a name that is shown otherwise than it is would lead elsewhere.
 */
function sortByBytes(names: string[], path: string): readonly string[] {
  if (!names.some((name) => /[\ud800-\uffff]/.test(name))) return names.sort();
  const strange = names.find((name) => name.includes("\ufffd"));
  if (strange !== undefined) {
    throw new CupelError("name-not-utf8", `${path} holds a name that is not UTF-8 text: ${strange}`, { exit: 3 });
  }
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function statusOf(status: Stats): FileStatus {
  return {
    type: typeOf(status),
    mode: status.mode & 0o7777,
    uid: status.uid,
    gid: status.gid,
    size: status.size,
  };
}

function typeOf(status: Stats | Dirent): FileType {
  if (status.isFile()) return "file";
  if (status.isDirectory()) return "dir";
  if (status.isSymbolicLink()) return "symlink";
  return status.isFIFO() ? "fifo" : "other";
}
