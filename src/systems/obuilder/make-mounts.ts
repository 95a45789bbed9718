/** The mounts of one build step. Fact sheet: upstream lib/sandbox.runc.ml, module Json_config. */
import { concat } from "./concat.ts";
import type { SandboxRequest, Secret, UserMount } from "./request.ts";
import { secretName } from "./step-files.ts";

/** One entry of `mounts`. (An interface would not pass for a JSON object.) */
type ObuilderMount = {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
};

/**
 * All mounts, in order: what every container has, the step's hosts file, the host's resolv.conf with the host's network,
 * secrets, user mounts. A later one hides an earlier one on the same target.
 */
export function makeMounts(request: SandboxRequest, hostNetwork: boolean, configDir: string): readonly ObuilderMount[] {
  return [
    ...everyContainer,
    bindMount("/etc/hosts", concat(configDir, "hosts"), ["ro", "rbind", "rprivate"]),
    ...(hostNetwork ? [resolvConf] : []),
    ...request.mountSecrets.map((secret, index) => secretMount(secret, index, configDir)),
    ...request.mounts.map(userMount),
  ];
}

const everyContainer: readonly ObuilderMount[] = [
  { destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "noexec", "nodev"] },
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
  { destination: "/sys", type: "sysfs", source: "sysfs", options: ["nosuid", "noexec", "nodev", "ro"] },
  { destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup", options: ["ro", "nosuid", "noexec", "nodev"] },
  {
    destination: "/dev/shm",
    type: "tmpfs",
    source: "shm",
    options: ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"],
  },
  { destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: ["nosuid", "noexec", "nodev"] },
];

const resolvConf = bindMount("/etc/resolv.conf", "/etc/resolv.conf", ["ro", "rbind", "rprivate"]);

function secretMount({ target }: Secret, index: number, configDir: string): ObuilderMount {
  return bindMount(target, concat(configDir, secretName(index)), ["rbind", "rprivate", "ro"]);
}

function userMount({ src, dst, readonly }: UserMount): ObuilderMount {
  return bindMount(dst, src, readonly ? ["ro", "bind", "nosuid", "nodev"] : ["bind", "nosuid", "nodev"]);
}

function bindMount(destination: string, source: string, options: readonly string[]): ObuilderMount {
  return { destination, type: "bind", source, options };
}
