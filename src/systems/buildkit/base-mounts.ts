/** The mounts that every step has. Fact sheet: containerd oci/spec.go, upstream executor/oci/mounts.go and spec_unix.go. */
import type { ProcessMode, SecurityMode } from "./modes.ts";

/** One mount of the document; what is blank or empty is left out. */
export type MountEntry = {
  readonly destination: string;
  readonly type?: string;
  readonly source?: string;
  readonly options?: readonly string[];
};

const proc: MountEntry = { destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "noexec", "nodev"] };

/** Without a process sandbox the caller's own /proc is shown, and with it the caller's processes. */
const callersProc: MountEntry = { destination: "/proc", type: "bind", source: "/proc", options: ["rbind"] };

const below: readonly MountEntry[] = [
  {
    destination: "/dev",
    type: "tmpfs",
    source: "tmpfs",
    options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
  },
  {
    destination: "/dev/pts",
    type: "devpts",
    source: "devpts",
    options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"],
  },
  {
    destination: "/dev/shm",
    type: "tmpfs",
    source: "shm",
    options: ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"],
  },
  { destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: ["nosuid", "noexec", "nodev"] },
];

const sys: MountEntry = {
  destination: "/sys",
  type: "sysfs",
  source: "sysfs",
  options: ["nosuid", "noexec", "nodev", "ro"],
};

const writableSys: MountEntry = { ...sys, options: ["nosuid", "noexec", "nodev", "rw"] };

const cgroups: MountEntry = {
  destination: "/sys/fs/cgroup",
  type: "cgroup",
  source: "cgroup",
  options: ["ro", "nosuid", "noexec", "nodev"],
};

const writableCgroups: MountEntry = { ...cgroups, options: ["rw", "nosuid", "noexec", "nodev"] };

/**
 * The mounts in front of the caller's, in order. There is none on /run, so that what a step writes there ends up in its
 * layer. `resolvConf` and `hostsFile` are host paths; a blank one is mounted all the same, without a source.
 */
export function baseMounts(
  resolvConf: string,
  hostsFile: string,
  security: SecurityMode,
  process: ProcessMode,
): readonly MountEntry[] {
  const insecure = security === "insecure";
  return [
    process === "no-sandbox" ? callersProc : proc,
    ...below,
    insecure ? writableSys : sys,
    fileMount("/etc/resolv.conf", resolvConf),
    fileMount("/etc/hosts", hostsFile),
    insecure ? writableCgroups : cgroups,
  ];
}

const fileOptions: readonly string[] = ["nosuid", "noexec", "nodev", "rbind", "ro"];

function fileMount(destination: string, source: string): MountEntry {
  if (source === "") return { destination, type: "bind", options: fileOptions };
  return { destination, type: "bind", source, options: fileOptions };
}
