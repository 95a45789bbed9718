/** Paths of the kernel's file systems that tell or change something of the whole machine. */

/** Those that container managers mask (the union of what runc, containerd and Docker write by default). */
export const sensitiveToRead: readonly string[] = [
  "/proc/acpi",
  "/proc/asound",
  "/proc/interrupts",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/sched_debug",
  "/proc/scsi",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/sys/devices/virtual/powercap",
  "/sys/firmware",
];

/** Those that they make read-only. */
export const sensitiveToWrite: readonly string[] = [
  "/proc/asound",
  "/proc/bus",
  "/proc/fs",
  "/proc/irq",
  "/proc/sys",
  "/proc/sysrq-trigger",
];

/**
 * A file below a directory that root may write to unless the directory is read-only: opening it for writing (nothing is
 * written) shows whether it is.
 */
export const writeWitnesses: { readonly [directory: string]: string } = {
  "/proc/irq": "/proc/irq/default_smp_affinity",
  "/proc/sys": "/proc/sys/kernel/domainname",
};
