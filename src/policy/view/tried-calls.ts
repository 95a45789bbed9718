/**
 * System calls that are tried to see what a seccomp profile makes of them. Every one has arguments with which the kernel
 * does nothing whoever asks: bad descriptors, null addresses, unknown flags and numbers. None of them needs a capability
 * to get that far, so that a refusal comes from a filter.
 */

/** One attempt. */
export interface TriedCall {
  /** Its name in questions. */
  readonly name: string;
  /** The system call. */
  readonly call: string;
  readonly arguments: readonly bigint[];
}

const badFlags = 0xff00n;

/** Those by which a build reaches into other processes, the kernel's own objects, or around its sandbox. */
export const dangerousCalls: readonly TriedCall[] = [
  { name: "add_key", call: "add_key", arguments: [0n, 0n, 0n, 0n, 0n] },
  { name: "get_mempolicy", call: "get_mempolicy", arguments: [0n, 0n, 0n, 0n, badFlags] },
  { name: "io_uring_setup", call: "io_uring_setup", arguments: [1n, 0n] },
  { name: "ioperm", call: "ioperm", arguments: [65_536n, 1n, 0n] },
  { name: "iopl", call: "iopl", arguments: [4n] },
  { name: "kcmp", call: "kcmp", arguments: [-1n, -1n, 0n, 0n, 0n] },
  { name: "keyctl", call: "keyctl", arguments: [99_999n] },
  { name: "mbind", call: "mbind", arguments: [0n, 0n, 0n, 0n, 0n, badFlags] },
  { name: "move_pages", call: "move_pages", arguments: [0n, 0n, 0n, 0n, 0n, badFlags] },
  { name: "name_to_handle_at", call: "name_to_handle_at", arguments: [-1n, 0n, 0n, 0n, badFlags] },
  { name: "open_tree", call: "open_tree", arguments: [-1n, 0n, badFlags] },
  { name: "perf_event_open", call: "perf_event_open", arguments: [0n, 0n, 0n, -1n, badFlags] },
  { name: "pidfd_getfd", call: "pidfd_getfd", arguments: [-1n, -1n, badFlags] },
  { name: "process_vm_readv", call: "process_vm_readv", arguments: [-1n, 0n, 0n, 0n, 0n, badFlags] },
  { name: "process_vm_writev", call: "process_vm_writev", arguments: [-1n, 0n, 0n, 0n, 0n, badFlags] },
  { name: "ptrace", call: "ptrace", arguments: [99_999n, -1n, 0n, 0n] },
  { name: "quotactl", call: "quotactl", arguments: [0xffn, 0n, 0n, 0n] },
  { name: "request_key", call: "request_key", arguments: [0n, 0n, 0n, 0n] },
  { name: "set_mempolicy", call: "set_mempolicy", arguments: [99n, 0n, 0n] },
  { name: "setns", call: "setns", arguments: [-1n, 0n] },
  { name: "umount2", call: "umount2", arguments: [0n, badFlags] },
  { name: "unshare", call: "unshare", arguments: [1n] },
  { name: "userfaultfd", call: "userfaultfd", arguments: [0xff01n] },
  { name: "ustat", call: "ustat", arguments: [0n, 0n] },
];

/** Those that compilers, package managers and languages' runtimes make all the time. */
export const ordinaryCalls: readonly TriedCall[] = [
  { name: "copy_file_range", call: "copy_file_range", arguments: [-1n, 0n, -1n, 0n, 1n, 0n] },
  { name: "epoll_create1", call: "epoll_create1", arguments: [badFlags] },
  { name: "eventfd2", call: "eventfd2", arguments: [0n, badFlags] },
  { name: "execveat", call: "execveat", arguments: [-1n, 0n, 0n, 0n, badFlags] },
  { name: "fallocate", call: "fallocate", arguments: [-1n, 0n, 0n, 1n] },
  { name: "fchmodat", call: "fchmodat", arguments: [-1n, 0n, 0n] },
  { name: "getdents64", call: "getdents64", arguments: [-1n, 0n, 0n] },
  { name: "getrandom", call: "getrandom", arguments: [0n, 0n, badFlags] },
  { name: "inotify_init1", call: "inotify_init1", arguments: [badFlags] },
  { name: "linkat", call: "linkat", arguments: [-1n, 0n, -1n, 0n, badFlags] },
  { name: "memfd_create", call: "memfd_create", arguments: [0n, badFlags] },
  { name: "mmap", call: "mmap", arguments: [0n, 0n, 0n, 0n, -1n, 0n] },
  { name: "prlimit64", call: "prlimit64", arguments: [0n, 999n, 0n, 0n] },
  { name: "renameat2", call: "renameat2", arguments: [-1n, 0n, -1n, 0n, badFlags] },
  { name: "sched_setaffinity", call: "sched_setaffinity", arguments: [0n, 0n, 0n] },
  { name: "sendfile", call: "sendfile", arguments: [-1n, -1n, 0n, 0n] },
  { name: "setxattr", call: "setxattr", arguments: [0n, 0n, 0n, 0n, badFlags] },
  { name: "socketpair", call: "socketpair", arguments: [999n, 1n, 0n, 0n] },
  { name: "splice", call: "splice", arguments: [-1n, 0n, -1n, 0n, 1n, 0n] },
  { name: "statx", call: "statx", arguments: [-1n, 0n, badFlags, 0xffff_ffffn, 0n] },
  { name: "timerfd_create", call: "timerfd_create", arguments: [99n, 0n] },
  { name: "utimensat", call: "utimensat", arguments: [-1n, 0n, 1n, badFlags] },
  { name: "waitid", call: "waitid", arguments: [99n, 0n, 0n, 0n, 0n] },
];

/** Newer than many profiles, and one that no kernel has: what programs meet when they try something new. */
export const newCalls: readonly TriedCall[] = [
  { name: "clone3", call: "clone3", arguments: [0n, 0n] },
  { name: "faccessat2", call: "faccessat2", arguments: [-1n, 0n, 0n, badFlags] },
  { name: "landlock_create_ruleset", call: "landlock_create_ruleset", arguments: [0n, 0n, badFlags] },
  { name: "mount_setattr", call: "mount_setattr", arguments: [-1n, 0n, badFlags, 0n, 0n] },
  { name: "no-such-call", call: "no-such-call", arguments: [] },
  { name: "openat2", call: "openat2", arguments: [-1n, 0n, 0n, 0n] },
];

/** Calls of which profiles tell the harmless arguments from the dangerous ones. */
export const argumentCalls: readonly TriedCall[] = [
  // CLONE_NEWUSER with CLONE_FS, and CLONE_THREAD alone: combinations that the kernel refuses (clone(2), EINVAL)
  { name: "clone-new-user", call: "clone", arguments: [0x1000_0200n, 0n, 0n, 0n, 0n] },
  { name: "clone-thread", call: "clone", arguments: [0x1_0000n, 0n, 0n, 0n, 0n] },
  { name: "ioctl-fake-input", call: "ioctl", arguments: [-1n, 0x5412n, 0n] }, // TIOCSTI
  { name: "personality-query", call: "personality", arguments: [0xffff_ffffn] },
  { name: "personality-fixed-addresses", call: "personality", arguments: [0x4_0000n] }, // ADDR_NO_RANDOMIZE
  { name: "socket-vsock", call: "socket", arguments: [40n, 99n, 0n] },
  { name: "socket-netlink", call: "socket", arguments: [16n, 99n, 0n] },
];

/** All of them. */
export const triedCalls: readonly TriedCall[] = [...dangerousCalls, ...ordinaryCalls, ...newCalls, ...argumentCalls];
