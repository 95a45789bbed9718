/** The document that options start from. Fact sheet: upstream internal/oci/spec/spec.go, New. */
import type { Spec } from "./spec.ts";

/** Held in four sets; the inheritable one is not there. */
const capabilities = ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"] as const;

/**
 * For a runtime that is itself started in a user namespace and among the processes of a container: it may not mount /proc
 * and /sys anew, so these are bound. No root yet, no command, no filter for system calls.
 */
export const defaultSpec: Spec = {
  ociVersion: "1.1.0",
  process: {
    user: { uid: 0, gid: 0 },
    env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    cwd: "/",
    capabilities: {
      bounding: capabilities,
      effective: capabilities,
      permitted: capabilities,
      ambient: capabilities,
    },
    rlimits: [{ type: "RLIMIT_NOFILE", hard: 1024, soft: 1024 }],
  },
  hostname: "function-runtime-oci",
  mounts: [
    { destination: "/proc", type: "bind", source: "/proc", options: ["nosuid", "noexec", "nodev", "rbind"] },
    {
      destination: "/dev",
      type: "tmpfs",
      source: "tmpfs",
      options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
    },
    {
      destination: "/tmp",
      type: "tmpfs",
      source: "tmp",
      options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
    },
    {
      destination: "/sys",
      type: "bind",
      source: "/sys",
      options: ["rprivate", "nosuid", "noexec", "nodev", "ro", "rbind"],
    },
    {
      destination: "/dev/pts",
      type: "devpts",
      source: "devpts",
      options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"],
    },
    { destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: ["nosuid", "noexec", "nodev"] },
    {
      destination: "/sys/fs/cgroup",
      type: "cgroup",
      source: "cgroup",
      options: ["rprivate", "nosuid", "noexec", "nodev", "relatime", "ro"],
    },
  ],
  linux: {
    resources: { devices: [{ allow: false, access: "rwm" }], pids: { limit: 32768 } },
    namespaces: [
      { type: "pid" },
      { type: "ipc" },
      { type: "uts" },
      { type: "mount" },
      { type: "cgroup" },
      { type: "network" },
    ],
    maskedPaths: [
      "/proc/acpi",
      "/proc/kcore",
      "/proc/keys",
      "/proc/latency_stats",
      "/proc/timer_list",
      "/proc/timer_stats",
      "/proc/sched_debug",
      "/proc/scsi",
      "/sys/firmware",
      "/sys/fs/selinux",
      "/sys/dev/block",
    ],
    readonlyPaths: ["/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
  },
};
