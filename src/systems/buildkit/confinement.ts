/**
 * The lists of the base document and of insecure mode. Fact sheet: containerd oci/spec.go, upstream
 * util/entitlements/security.
 */
import type { Capabilities } from "../../oci/config.ts";

/** What the base document grants, in order. */
export const defaultCapabilities = [
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_FSETID",
  "CAP_FOWNER",
  "CAP_MKNOD",
  "CAP_NET_RAW",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETFCAP",
  "CAP_SETPCAP",
  "CAP_NET_BIND_SERVICE",
  "CAP_SYS_CHROOT",
  "CAP_KILL",
  "CAP_AUDIT_WRITE",
] as const;

/** What insecure mode appends to each set, in order: the fourteen above among them, which so stand twice. */
const insecureCapabilities = [
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_FOWNER",
  "CAP_MKNOD",
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_NET_RAW",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETPCAP",
  "CAP_SETFCAP",
  "CAP_NET_BIND_SERVICE",
  "CAP_SYS_CHROOT",
  "CAP_AUDIT_WRITE",
  "CAP_MAC_ADMIN",
  "CAP_MAC_OVERRIDE",
  "CAP_DAC_READ_SEARCH",
  "CAP_SYS_PTRACE",
  "CAP_SYS_MODULE",
  "CAP_SYSLOG",
  "CAP_SYS_RAWIO",
  "CAP_SYS_ADMIN",
  "CAP_LINUX_IMMUTABLE",
  "CAP_SYS_BOOT",
  "CAP_SYS_NICE",
  "CAP_SYS_PACCT",
  "CAP_SYS_TTY_CONFIG",
  "CAP_SYS_TIME",
  "CAP_WAKE_ALARM",
  "CAP_AUDIT_READ",
  "CAP_AUDIT_CONTROL",
  "CAP_SYS_RESOURCE",
  "CAP_BLOCK_SUSPEND",
  "CAP_IPC_LOCK",
  "CAP_IPC_OWNER",
  "CAP_LEASE",
  "CAP_NET_ADMIN",
  "CAP_NET_BROADCAST",
] as const;

/** `process.capabilities` of the sandbox: no ambient set. */
export const sandboxCapabilities: Capabilities = everywhere(defaultCapabilities);

/** `process.capabilities` of insecure mode. */
export const allCapabilities: Capabilities = {
  ...everywhere([...defaultCapabilities, ...insecureCapabilities]),
  ambient: insecureCapabilities,
};

/** Every device is refused; runtimes let their own defaults in. */
export const noDevices = { devices: [{ allow: false, access: "rwm" }] } as const;

/** Insecure mode: all character and all block devices. */
export const everyDevice = {
  devices: [
    { allow: true, type: "c", access: "rwm" },
    { allow: true, type: "b", access: "rwm" },
  ],
} as const;

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

/** What stays masked without a process sandbox, which takes away all at or below /proc. */
export const maskedOutsideProc = ["/sys/firmware"] as const;

/** `linux.readonlyPaths`; without a process sandbox there are none. */
export const readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"] as const;

function everywhere(set: readonly string[]): Capabilities {
  return { bounding: set, effective: set, inheritable: set, permitted: set };
}
