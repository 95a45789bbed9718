/** The mounts that every cell has before those of its request. Fact sheet: oci-spec 0.7.1, `get_default_mounts` and `get_rootless_mounts`. */

/** One mount of the document. */
export type MountEntry = {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options?: readonly string[];
};

const proc: MountEntry = { destination: "/proc", type: "proc", source: "proc" };

const dev: MountEntry = {
  destination: "/dev",
  type: "tmpfs",
  source: "tmpfs",
  options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
};

const terminals: MountEntry = {
  destination: "/dev/pts",
  type: "devpts",
  source: "devpts",
  options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"],
};

/** Group 5 is not mapped in a user namespace with the builder's own ids. */
const rootlessTerminals: MountEntry = {
  destination: "/dev/pts",
  type: "devpts",
  source: "devpts",
  options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"],
};

const sharedMemory: MountEntry = {
  destination: "/dev/shm",
  type: "tmpfs",
  source: "shm",
  options: ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"],
};

const messageQueues: MountEntry = {
  destination: "/dev/mqueue",
  type: "mqueue",
  source: "mqueue",
  options: ["nosuid", "noexec", "nodev"],
};

const sys: MountEntry = {
  destination: "/sys",
  type: "sysfs",
  source: "sysfs",
  options: ["nosuid", "noexec", "nodev", "ro"],
};

/** A sysfs of one's own needs the network namespace to be owned by the user namespace. */
const rootlessSys: MountEntry = {
  destination: "/sys",
  type: "none",
  source: "/sys",
  options: ["nosuid", "noexec", "nodev", "ro", "rbind"],
};

const cgroups: MountEntry = {
  destination: "/sys/fs/cgroup",
  type: "cgroup",
  source: "cgroup",
  options: ["nosuid", "noexec", "nodev", "relatime", "ro"],
};

const temporary: MountEntry = {
  destination: "/tmp",
  type: "tmpfs",
  source: "tmpfs",
  options: ["nosuid", "noatime", "mode=700"],
};

/** Without a user namespace, in order. */
export const privilegedMounts: readonly MountEntry[] = [
  proc,
  dev,
  terminals,
  sharedMemory,
  messageQueues,
  sys,
  cgroups,
  temporary,
];

/** With a user namespace, in order. */
export const rootlessMounts: readonly MountEntry[] = [
  proc,
  dev,
  rootlessTerminals,
  sharedMemory,
  messageQueues,
  rootlessSys,
  cgroups,
  temporary,
];
