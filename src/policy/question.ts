/**
 * What may be asked of a cell or of the host. A closed vocabulary: a probe answers these and nothing else, and none of
 * them changes anything when the sandbox is broken. A question is identified by its encoded line (see question-line.ts).
 */
/**
 * Raw system calls the emitted program may make, each question in a process of its own; each is harmless when it is
 * allowed. See calls.ts for the arguments.
 */
export type CallName =
  /** One of view/tried-calls.ts, by its name there. */
  | "try"
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
  | "access-execute"
  /** Asks only whether a path is there. */
  | "access-exist"
  /** The no_new_privs bit of the process that calls: 0 or 1. */
  | "no-new-privileges"
  /** Whether CAP_CHOWN is ambient: 0 or 1, and EINVAL of a kernel that has no ambient capabilities (they came with Linux 4.3). */
  | "ambient-capability"
  /** Opens for reading, reads nothing. */
  | "open-read"
  /** Takes the namespace of this type (as namespaces(7) names it in /proc/PID/ns) apart, in a process that then ends. */
  | "unshare-namespace"
  /** `TYPE MAJOR MINOR PATH`: makes a device node with a name of ours and removes it. */
  | "make-node"
  /** The same, and opens it for reading in between. */
  | "open-new-node"
  /** `BYTES PATH`: makes a file with a name of ours, asks for that much space in it, and removes it. */
  | "allocate"
  /** Makes a program at a path with a name of ours; executed, it ends with the low byte of its effective user id. */
  | "make-program"
  /** `UID PATH`: the same, set-user-id, and given to that user. */
  | "make-set-uid-program"
  /** Executes a program of ours; the answer is how it ended. */
  | "execute"
  /** Removes a file with a name of ours. */
  | "remove"
  /** getpid(2) by the entry for 32-bit programs, and by that of the x32 ABI. */
  | "getpid-x86"
  | "getpid-x32";

/** Calls of which only the kernel's word counts: what it answers where nothing filters. */
export const callsOfKernels: readonly CallName[] = ["try", "getpid-x86", "getpid-x32"];

/** A program of ours that the runner puts into a cell before it starts. */
export type ProgramName =
  /** Ends with the low byte of its effective user id. */
  | "effective-user"
  /** Makes `amount` processes that wait, ends them, and ends with 0, or with the errno of the first that was refused. */
  | "processes"
  /** Touches `amount` bytes of memory and ends with 0, or is killed on the way. */
  | "memory"
  /** Uses `amount` milliseconds of processor time and ends with 0. */
  | "processor-time";

/** Where the runner puts a program, and as whose. */
export interface PlacedProgram {
  readonly program: ProgramName;
  readonly amount?: number;
  /** Absolute path on the host; below the root file system at the path of the question when absent. */
  readonly place?: string;
  /** Makes it set-user-id, with this owner and group of the host. */
  readonly setUserId?: { readonly user: number; readonly group: number };
}

/** What the runner prepares for a question: a program, or a device node, both at the path that its argument names. */
export type Preparation =
  | PlacedProgram
  | { readonly node: "c" | "b"; readonly major: number; readonly minor: number; readonly place?: string };

/** Asked of the step inside the cell. */
export type CellQuestion =
  /** /proc/self/status of the step. */
  | { readonly on: "cell"; readonly ask: "status" }
  /** Exact argument vector, environment at execve, working directory, umask, host name of the step. */
  | { readonly on: "cell"; readonly ask: "args" | "environ" | "cwd" | "umask" | "hostname" }
  /** The release of the kernel that the step runs on (uname(2)): another one than the host's where a runtime brings its own. */
  | { readonly on: "cell"; readonly ask: "kernel" }
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
  /** Soft and hard limit of one resource by the shell's ulimit, a line each; `resource` is its letter there. */
  | { readonly on: "cell"; readonly ask: "limit"; readonly resource: string }
  /** Size of a block and number of blocks of the file system that holds a path. */
  | { readonly on: "cell"; readonly ask: "space"; readonly path: string }
  /** One raw system call; the answer is its return value (negative errno), or how its process ended instead. */
  | {
      readonly on: "cell";
      readonly ask: "call";
      readonly call: CallName;
      readonly argument?: string;
      readonly prepared?: Preparation;
    };

/**
 * Asked of the jail ("the host") by the runner, mostly after the cell has ended; lstat only, no final link followed, sizes
 * capped. What a kernel says to a call ({@link callsOfKernels}) is asked of the cell's own where it is not the host's: in a
 * cell of the same runtime, with the same user and capabilities, that has no filter.
 */
export type HostQuestion =
  | { readonly on: "host"; readonly ask: "link"; readonly path: string }
  | { readonly on: "host"; readonly ask: "stat"; readonly path: string }
  /** The same as stat, but asked when the system has done what it does after a cell: outputs collected, scratch removed. `not there` where nothing is. */
  | { readonly on: "host"; readonly ask: "collected"; readonly path: string }
  | { readonly on: "host"; readonly ask: "read"; readonly path: string }
  | { readonly on: "host"; readonly ask: "hostname" }
  | { readonly on: "host"; readonly ask: "processes"; readonly token: string }
  | {
      readonly on: "host";
      readonly ask: "call";
      readonly call: CallName;
      readonly argument?: string;
      readonly prepared?: Preparation;
    }
  /** While the cell still lives: the cgroups of its processes and their files, as JSON; see answers/cgroup.ts. */
  | { readonly on: "host"; readonly ask: "cgroup" }
  /**
   * While the cell still lives: a file in /proc/PID of the process that stands for the cell on the host, under a runtime with a
   * kernel of its own whose profile names that process.
   */
  | { readonly on: "host"; readonly ask: "stand-in"; readonly file: StandInFile }
  /** Facts of the jail's canaries, and its host name before the cell: `{ pid, token, port, socket, hostname }` as JSON. */
  | { readonly on: "host"; readonly ask: "canary" };

/** What may be read of a process that stands for a cell. */
export const standInFiles = ["gid_map", "oom_score_adj", "status", "uid_map"] as const;

/** One of {@link standInFiles}. */
export type StandInFile = (typeof standInFiles)[number];

/** Any question. */
export type Question = CellQuestion | HostQuestion;
