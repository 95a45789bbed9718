/** Configs to try rules on: all goldens that are configs, and one that has what no system of ours emits. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../../src/json/parse.ts";
import type { Json } from "../../src/json/value.ts";
import { placeCases, readTable } from "../../src/suite/read-table.ts";
import { yieldsConfig } from "../../src/suite/yields-config.ts";
import { filesBelow, root } from "../conventions/source-files.ts";

/** A config and where it comes from. */
export interface Sample {
  readonly name: string;
  readonly config: Json;
}

const read = (path: string): string => readFileSync(join(root, path), "utf8");

const full: Json = {
  ociVersion: "1.0.2",
  root: { path: "rootfs", readonly: true },
  hostname: "full",
  mounts: [
    { destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "noexec", "nodev"] },
    { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755", "size=65536k"] },
    { destination: "/sys", type: "sysfs", source: "sysfs", options: ["nosuid", "noexec", "nodev", "ro"] },
    { destination: "/in", type: "bind", source: "inputs/a", options: ["rbind", "ro"] },
    { destination: "/out", type: "bind", source: "scratch/out", options: ["rbind", "rw"] },
    { destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["nosuid", "nodev", "noexec", "size=1m"] },
    { destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup", options: ["nosuid", "noexec", "nodev", "ro"] },
    { destination: "/etc/resolv.conf", type: "bind", source: "/etc/resolv.conf", options: ["rbind", "ro", "nosuid"] },
  ],
  process: {
    terminal: false,
    user: { uid: 1000, gid: 100, umask: 18, additionalGids: [5] },
    args: ["/cupel/step", "a"],
    env: ["A=1", "B=2"],
    cwd: "/out",
    noNewPrivileges: true,
    capabilities: { bounding: ["CAP_CHOWN"], effective: [], inheritable: [], permitted: [], ambient: [] },
    rlimits: [{ type: "RLIMIT_NOFILE", soft: 1024, hard: 1024 }],
    oomScoreAdj: 100,
  },
  linux: {
    namespaces: ["pid", "ipc", "uts", "mount", "network", "user", "cgroup", "time"].map((type) => ({ type })),
    uidMappings: [{ containerID: 0, hostID: 100000, size: 65536 }],
    gidMappings: [{ containerID: 0, hostID: 100000, size: 65536 }],
    maskedPaths: ["/proc/kcore", "/sys/firmware"],
    readonlyPaths: ["/proc/sys"],
    seccomp: {
      defaultAction: "SCMP_ACT_ERRNO",
      architectures: ["SCMP_ARCH_X86_64"],
      syscalls: [
        { names: ["fsync", "read", "getrandom"], action: "SCMP_ACT_ALLOW" },
        {
          names: ["clone"],
          action: "SCMP_ACT_ALLOW",
          args: [{ index: 0, value: 0x7e020000, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ" }],
        },
      ],
    },
    cgroupsPath: "/cupel/full",
    resources: {
      devices: [{ allow: false, access: "rwm" }],
      memory: { limit: 33554432 },
      cpu: { quota: 20000, shares: 512, cpus: "0-1" },
      pids: { limit: 64 },
    },
  },
};

/** Every golden config, and one that has everything a rule speaks of. */
export const samples: readonly Sample[] = [
  { name: "full", config: full },
  ...placeCases(filesBelow("cases").map((file) => ({ file, table: readTable(read(file), file) })))
    .filter((each) => yieldsConfig(each) && each.expect === "golden")
    .map(({ fullId }) => ({ name: fullId, config: parseJson(read(`golden/${fullId}.json`)) })),
];
