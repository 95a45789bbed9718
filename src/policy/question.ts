/**
 * What may be asked of a cell or of the host. A closed vocabulary: a probe answers these and nothing else, and none of
 * them changes anything when the sandbox is broken. A question is identified by its encoded line (see question-line.ts).
 */

/** Raw system calls the emitted program may make; each is harmless when it is allowed. See calls.ts for the arguments. */
export type CallName =
  | "fsync"
  | "fdatasync"
  | "syncfs"
  | "sync_file_range"
  | "msync"
  | "mount"
  | "sethostname"
  | "settimeofday"
  | "reboot"
  | "chroot"
  | "socket-raw"
  | "bind-low-port"
  | "kill"
  | "connect-inet"
  | "connect-abstract"
  | "open-write"
  | "create"
  | "access-execute";

/** Asked of the step inside the cell. */
export type CellQuestion =
  /** /proc/self/status of the step. */
  | { readonly on: "cell"; readonly ask: "status" }
  /** Exact argument vector, environment at execve, working directory, umask, host name of the step. */
  | { readonly on: "cell"; readonly ask: "args" | "environ" | "cwd" | "umask" | "hostname" }
  /** Open descriptors of the step with what they lead to, without the step's own script. */
  | { readonly on: "cell"; readonly ask: "descriptors" }
  /** Whether standard input, output and error are terminals. */
  | { readonly on: "cell"; readonly ask: "terminal" }
  /** /proc/self/mountinfo. */
  | { readonly on: "cell"; readonly ask: "mounts" }
  /** readlink(2). */
  | { readonly on: "cell"; readonly ask: "link"; readonly path: string }
  /** Type, mode, ids, device, inode, size of a path; no final link is followed. */
  | { readonly on: "cell"; readonly ask: "stat"; readonly path: string }
  /** The first bytes (at most 4096) of a file. */
  | { readonly on: "cell"; readonly ask: "read"; readonly path: string }
  /** Names in a directory. */
  | { readonly on: "cell"; readonly ask: "list"; readonly path: string }
  /** How many processes carry `token` in their command line, by /proc. */
  | { readonly on: "cell"; readonly ask: "processes"; readonly token: string }
  /** Runs `path -c 'echo cupel'` and gives exit status and first line. */
  | { readonly on: "cell"; readonly ask: "shell"; readonly path: string }
  /** One raw system call; the answer is its return value (negative errno). */
  | { readonly on: "cell"; readonly ask: "call"; readonly call: CallName; readonly argument?: string };

/** Asked of the jail ("the host") by the runner, after the cell has ended; lstat only, no final link followed, sizes capped. */
export type HostQuestion =
  | { readonly on: "host"; readonly ask: "link"; readonly path: string }
  | { readonly on: "host"; readonly ask: "stat"; readonly path: string }
  | { readonly on: "host"; readonly ask: "read"; readonly path: string }
  | { readonly on: "host"; readonly ask: "hostname" }
  | { readonly on: "host"; readonly ask: "processes"; readonly token: string }
  | { readonly on: "host"; readonly ask: "call"; readonly call: CallName; readonly argument?: string }
  /** Facts of the jail's canaries, and its host name before the cell: `{ pid, token, port, socket, hostname }` as JSON. */
  | { readonly on: "host"; readonly ask: "canary" };

/** Any question. */
export type Question = CellQuestion | HostQuestion;
