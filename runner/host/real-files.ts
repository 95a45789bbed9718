/** Real files for operations, below one directory and nowhere else. */

import type { BigIntStats, Stats } from "node:fs";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { isAbsolute, normalize } from "node:path";
import { CupelError } from "../../src/errors.ts";
import { type Errno, type FileStatus, type Files, type FileType, HostError } from "../../src/systems/host.ts";

const errnos: ReadonlySet<string> = new Set<Errno>([
  "EACCES",
  "EEXIST",
  "EINVAL",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOENT",
  "ENOSPC",
  "ENOTDIR",
  "ENOTEMPTY",
  "EPERM",
  "EROFS",
]);

/**
 * Files below `root`, which is absolute, canonical and the working directory that relative paths start from.
 * A path that leads out of it, by its words or through a link, and a write onto a link throw CupelError
 * `refused-for-safety`; everything else that the kernel refuses throws {@link HostError}.
 */
export function realFiles(root: string): Files {
  /** The entry itself: its directory with all links resolved, its own name not. */
  const entry = (path: string): string => {
    const full = within(root, path);
    const name = full.slice(full.lastIndexOf("/") + 1);
    if (name === "" || name === "." || name === "..") return target(path);
    const parent = target(full.slice(0, full.length - name.length));
    return `${parent}/${name}`;
  };
  /** What the path leads to in the end. */
  const target = (path: string): string => {
    const resolved = call(path, () => realpathSync.native(within(root, path)));
    if (!isBelow(root, resolved)) throw leadsOut(path);
    return resolved;
  };

  return {
    lstat: (path) => {
      const place = entry(path);
      return statusOf(call(path, () => lstatSync(place)));
    },
    readDirectory: (path) => {
      const place = target(path);
      const names = call(path, () => readdirSync(place, { encoding: "buffer" }));
      return names.sort(Buffer.compare).map((name) => name.toString("utf8"));
    },
    readFile: (path) => {
      const place = target(path);
      return call(path, () => readRegular(place, path));
    },
    writeFile: (path, bytes) => {
      const place = entry(path);
      if (path.endsWith("/")) throw new HostError("EISDIR", path);
      call(path, () => writeRegular(place, path, bytes));
    },
    makeDirectory: (path) => {
      const place = entry(path.replace(/\/+$/, "") || path);
      call(path, () => mkdirSync(place));
    },
    readLink: (path) => {
      const place = entry(path);
      return call(path, () => readlinkSync(place));
    },
  };
}

/** `path` as an absolute one. Throws when its words alone lead out of `root`. */
function within(root: string, path: string): string {
  if (path === "") throw new HostError("ENOENT", path);
  if (path.includes("\0")) throw new HostError("EINVAL", path);
  const full = isAbsolute(path) ? path : `${root}/${path}`;
  if (!isBelow(root, normalize(full))) throw leadsOut(path);
  return full;
}

function isBelow(root: string, path: string): boolean {
  const bare = path.replace(/\/+$/, "");
  return bare === root || bare.startsWith(`${root}/`);
}

function leadsOut(path: string): CupelError {
  return new CupelError("refused-for-safety", `${path} leads out of the directory of this operation`);
}

/** Never blocks on a fifo, never touches a device. */
function readRegular(place: string, path: string): Uint8Array {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw new HostError(status.isDirectory() ? "EISDIR" : "EIO", path);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function writeRegular(place: string, path: string, bytes: Uint8Array): void {
  const status = lstatSync(place, { throwIfNoEntry: false });
  if (status?.isSymbolicLink()) {
    throw new CupelError("refused-for-safety", `${path} is a symbolic link; writing would follow it`);
  }
  if (status !== undefined && !status.isFile()) throw new HostError(status.isDirectory() ? "EISDIR" : "EIO", path);
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const file = openSync(place, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o666);
  try {
    writeFileSync(file, bytes);
  } finally {
    closeSync(file);
  }
}

function statusOf(status: Stats | BigIntStats): FileStatus {
  return {
    type: typeOf(status),
    mode: Number(status.mode) & 0o7777,
    uid: Number(status.uid),
    gid: Number(status.gid),
    size: Number(status.size),
  };
}

function typeOf(status: Stats | BigIntStats): FileType {
  if (status.isDirectory()) return "dir";
  if (status.isFile()) return "file";
  if (status.isSymbolicLink()) return "symlink";
  return status.isFIFO() ? "fifo" : "other";
}

/** What the kernel refuses, by its name; a name that hosts do not have becomes EIO. */
function call<Result>(path: string, attempt: () => Result): Result {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof HostError || error instanceof CupelError) throw error;
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new HostError(isErrno(error.code) ? error.code : "EIO", path);
  }
}

function isErrno(code: unknown): code is Errno {
  return typeof code === "string" && errnos.has(code);
}
