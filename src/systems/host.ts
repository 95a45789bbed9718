/**
 * The hands of an operation. All decisions and all error texts live in src/systems; a Host only acts and reports errno
 * names. The runner has the real one, src/suite/memory-host.ts one that lives in memory.
 */

/** An errno name that a Host reports. */
export type Errno =
  | "EACCES"
  | "EEXIST"
  | "EINVAL"
  | "EISDIR"
  | "ELOOP"
  | "ENAMETOOLONG"
  | "ENOENT"
  | "ENOSPC"
  | "ENOTDIR"
  | "ENOTEMPTY"
  | "EPERM"
  | "EROFS"
  | "EIO";

/** A file operation failed, as the kernel would say it. */
export class HostError extends Error {
  override readonly name = "HostError";
  readonly errno: Errno;
  readonly path: string;

  constructor(errno: Errno, path: string) {
    super(`${errno}: ${path}`);
    this.errno = errno;
    this.path = path;
  }
}

/** What kind of thing a path names. */
export type FileType = "dir" | "file" | "symlink" | "fifo" | "other";

/** What lstat(2) tells. */
export interface FileStatus {
  readonly type: FileType;
  /** Permission bits only (0o7777). */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
}

/** Files, one system call each: nothing is recursive, nothing follows a final link unless it says so. All throw {@link HostError}. */
export interface Files {
  /** lstat(2). */
  lstat(path: string): FileStatus;
  /** Names in a directory, sorted by their bytes. */
  readDirectory(path: string): readonly string[];
  /** The bytes of a regular file; follows links. */
  readFile(path: string): Uint8Array;
  /** Creates or truncates a regular file (mode 0666 less umask) and writes it whole. */
  writeFile(path: string, bytes: Uint8Array): void;
  /** mkdir(2), mode 0777 less umask. */
  makeDirectory(path: string): void;
  /** readlink(2). */
  readLink(path: string): string;
}

/** The process that answers. */
export interface HostProcess {
  readonly pid: number;
  /** Absolute path of the working directory. For operations with files: a fresh, empty directory of their own. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string };
}

/** Runs a tool by name. No operation of the present systems uses it yet in a pure run. */
export interface Tools {
  /** Runs `argv` to its end and gives exit status and output; throws {@link HostError} when it cannot be started. */
  run(
    argv: readonly string[],
    options?: { readonly cwd?: string },
  ): { readonly status: number; readonly stdout: Uint8Array };
}

/** Everything an operation may touch. */
export interface Host {
  readonly files: Files;
  readonly tools: Tools;
  readonly process: HostProcess;
}
