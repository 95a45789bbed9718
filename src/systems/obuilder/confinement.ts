/** The lists of upstream's lib/sandbox.runc.ml that are the same for every step. */

/** Docker's set without CAP_NET_RAW and CAP_NET_BIND_SERVICE, since a step may use the host's network. */
export const capabilities = [
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_FSETID",
  "CAP_FOWNER",
  "CAP_MKNOD",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETFCAP",
  "CAP_SETPCAP",
  "CAP_SYS_CHROOT",
  "CAP_KILL",
  "CAP_AUDIT_WRITE",
] as const;

/** The only limit there is. */
export const rlimits = [{ type: "RLIMIT_NOFILE", hard: 1024, soft: 1024 }] as const;

/** `linux.maskedPaths`. */
export const maskedPaths = [
  "/proc/acpi",
  "/proc/asound",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/proc/sched_debug",
  "/sys/firmware",
  "/proc/scsi",
] as const;

/** `linux.readonlyPaths`. */
export const readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"] as const;

/** The seccomp rule of fast sync: the calls do nothing and report success. A speed measure, not a restriction. */
export const skippedSync = {
  names: ["fsync", "fdatasync", "msync", "sync", "syncfs", "sync_file_range"],
  action: "SCMP_ACT_ERRNO",
  errnoRet: 0,
} as const;
