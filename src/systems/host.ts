/**
 * The hands of an operation. All decisions and all error texts live in src/systems; a Host only acts and reports errno
 * names. The runner has the real one, src/suite/memory-host.ts one that lives in memory.
 */

import { CupelError } from "../errors.ts";
import type { Json } from "../json/value.ts";
import { QuietError } from "../quiet-error.ts";

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
export class HostError extends QuietError {
  override readonly name = "HostError";
  readonly errno: Errno;
  readonly path: string;

  constructor(errno: Errno, path: string) {
    super(`${errno}: ${path}`);
    this.errno = errno;
    this.path = path;
  }
}

/** The error of hands that do not go on, for `why`: CupelError `refused-for-safety`. */
export function refusedForSafety(why: string, hint?: string): CupelError {
  return new CupelError("refused-for-safety", why, { exit: 3, ...(hint === undefined ? {} : { hint }) });
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

/** A name in a directory. */
export interface DirectoryEntry {
  readonly name: string;
  readonly type: FileType;
}

/** Files, one system call each: nothing is recursive, nothing follows a final link unless it says so. All throw {@link HostError}. */
export interface Files {
  /** lstat(2). */
  lstat(path: string): FileStatus;
  /** stat(2): a final link is followed. */
  stat(path: string): FileStatus;
  /** lstat(2), and undefined where it says ENOENT: looking for what is not there is no error. */
  find(path: string): FileStatus | undefined;
  /** realpath(3): absolute, without links, `.` and `..`; all of it exists. */
  realPath(path: string): string;
  /** Names in a directory, sorted by their bytes. */
  readDirectory(path: string): readonly string[];
  /** As {@link readDirectory}, with what each name is. */
  readEntries(path: string): readonly DirectoryEntry[];
  /** The bytes of a regular file; follows links. */
  readFile(path: string): Uint8Array;
  /** Opens a regular file for reading piece by piece; follows links. */
  open(path: string): FileReader;
  /** Creates or truncates a regular file (mode 0666 less umask) and writes it whole. */
  writeFile(path: string, bytes: Uint8Array): void;
  /** Creates a regular file that must not be there yet (O_EXCL, mode 0666 less umask), for writing piece by piece. */
  create(path: string): FileWriter;
  /** Puts the content of the regular file `source`, no link to one, into `destination`, which is created or truncated and takes the mode of the source, or `mode` where it is given. */
  copyFile(source: string, destination: string, mode?: number): void;
  /** mkdir(2), mode 0777 less umask. */
  makeDirectory(path: string): void;
  /** symlink(2). */
  makeLink(path: string, target: string): void;
  /** link(2): a second name for what `existing` is; a final link is not followed. */
  makeHardLink(existing: string, path: string): void;
  /** readlink(2). */
  readLink(path: string): string;
  /** chmod(2): a final link is followed. */
  setMode(path: string, mode: number): void;
  /** unlink(2). */
  removeFile(path: string): void;
  /** rmdir(2). */
  removeDirectory(path: string): void;
}

/** An open file, read from its start. */
export interface FileReader {
  /** The next bytes, as many as suit the host; none at the end. They are valid until the next call. */
  read(): Uint8Array;
  close(): void;
}

/** An open file, written from its start. */
export interface FileWriter {
  write(bytes: Uint8Array): void;
  /** `modified`, where given, is the time of its last change, in seconds since 1970. */
  close(modified?: number): void;
}

/** The process that answers. */
export interface HostProcess {
  readonly pid: number;
  /** Absolute path of the working directory. For operations with files: a fresh, empty directory of their own. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string };
}

/** How a program ended. */
export interface ToolResult {
  /** Exit status; 128 and the number of the signal that killed it. */
  readonly status: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** Programs of the host. */
export interface Tools {
  /** Runs `argv`, whose first word is the name of a program, to its end. Throws {@link HostError} when it cannot be started. */
  run(argv: readonly string[], options?: { readonly cwd?: string }): ToolResult;
}

/** Everything an operation may touch. */
export interface Host {
  readonly files: Files;
  readonly tools: Tools;
  readonly process: HostProcess;
  /**
   * Told of what upstream does here that harms what the request does not name, before it is done. A host whose files are
   * real throws CupelError `refused-for-safety`; one in memory has nothing to lose and lets upstream's decision stand.
   */
  readonly refuse: (why: string) => void;
  /** Namespaces of the kernel; absent where none can be made. */
  readonly namespaces?: Namespaces;
}

/** Work in namespaces of its own. */
export interface Namespaces {
  /**
   * Does `entry` in the namespaces that the command line `argv` (unshare(1) and its options, without a program) makes, with
   * the variables `env`, and gives what it gave. The host behind it is another: its process is the first of its namespace.
   */
  enter(argv: readonly string[], env: { readonly [name: string]: string }, entry: InsideEntry, input: Json): Json;
  /** The mount namespace of this process or of process 1, as the link in /proc names it (proc(5)). Throws {@link HostError}. */
  mountNamespace(of: "self" | "1"): string;
  /** Whether this process may set a limit so high (setrlimit(2)). */
  mayLimit(resource: LimitedResource, value: number | bigint): boolean;
  /** Runs a program in a root directory of its own, in the namespaces of this process, with nothing but `env`. */
  launch(program: Launch): LaunchResult;
  /** A static program that is a shell and the usual tools, whichever name it is called by. */
  busybox(): Uint8Array;
}

/** What getrlimit(2) calls RLIMIT_CPU (seconds), RLIMIT_AS (bytes) and RLIMIT_NPROC. */
export type LimitedResource = "cpu" | "as" | "nproc";

/** What a host may be asked to do inside: the name under which a new process finds it, and the work itself. */
export interface InsideEntry {
  readonly name: string;
  run(input: Json, host: Host): Json;
}

/** A program to be started in the end. */
export interface Launch {
  /** Absolute path that becomes `/`. */
  readonly root: string;
  /** Path in the root. */
  readonly cwd: string;
  /** Path of the program in the root; relative to `cwd` when it does not start with a slash. */
  readonly program: string;
  /** The name by which it is called, and its arguments. */
  readonly argv: readonly string[];
  /** The whole environment; no name twice. */
  readonly env: readonly (readonly [name: string, value: string])[];
  /** Soft and hard at once. */
  readonly limits: readonly { readonly resource: LimitedResource; readonly value: number | bigint }[];
}

/** How a launched program ended, and what it wrote. */
export interface LaunchResult {
  readonly ended: { readonly status: number } | { readonly signal: number };
  readonly stdout: string;
  readonly stderr: string;
}
