/** The parts of config.json that no request changes. Fact sheet: upstream build/src/oci/spec.rs, and its library oci-spec 0.7.1. */

/** Held by builds without a user namespace. Upstream prints its sets in random order; ours are sorted. */
export const privilegedCapabilities = ["CAP_AUDIT_WRITE", "CAP_KILL"] as const;

/** Held by rootless builds, in their user namespace. */
export const rootlessCapabilities = [
  "CAP_AUDIT_WRITE",
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_MKNOD",
  "CAP_NET_BIND_SERVICE",
  "CAP_NET_RAW",
  "CAP_SETFCAP",
  "CAP_SETGID",
  "CAP_SETPCAP",
  "CAP_SETUID",
  "CAP_SYS_CHROOT",
] as const;

/** Limits of the process. */
export const rlimits = [{ type: "RLIMIT_NOFILE", hard: 1024, soft: 1024 }] as const;

/** Private to every cell; the cgroup namespace is shared, since nested ones kept runc from starting. */
export const commonNamespaces = [{ type: "pid" }, { type: "ipc" }, { type: "uts" }, { type: "mount" }] as const;

/** Hidden from the cell. These replace the library's list, which hides four more. */
export const maskedPaths = [
  "/proc/kcore",
  "/proc/latency_stats",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/proc/sched_debug",
  "/sys/firmware",
] as const;

/** Read-only in the cell. */
export const readonlyPaths = [
  "/proc/asound",
  "/proc/bus",
  "/proc/fs",
  "/proc/irq",
  "/proc/sys",
  "/proc/sysrq-trigger",
] as const;
