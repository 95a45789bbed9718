/** The configs of trial cells: the smallest there is, and the same with one thing more that not every machine gives. */
import type { Config, IdMapping, Linux, Namespace } from "../../../src/oci/config.ts";
import type { CallerTokens } from "../caller-tokens.ts";

/** What a trial cell may have beyond the smallest. */
export type TrialPart = "user-namespace" | "filter" | "limits";

/** Every part, with the words for a cell that has it. */
export const trialParts: { readonly [part in TrialPart]: string } = {
  "user-namespace": "a user namespace",
  filter: "a filter of system calls",
  limits: "limits of memory and processes",
};

const namespaces: readonly Namespace[] = [
  { type: "pid" },
  { type: "ipc" },
  { type: "uts" },
  { type: "mount" },
  { type: "network" },
];

const proc = { destination: "/proc", type: "proc", source: "proc" };

/** OCI runtimes make their default devices there. */
const dev = {
  destination: "/dev",
  type: "tmpfs",
  source: "tmpfs",
  options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
};

/** One call that nothing in a cell needs is refused. */
const filter: Partial<Linux> = {
  seccomp: {
    defaultAction: "SCMP_ACT_ALLOW",
    syscalls: [{ names: ["swapoff"], action: "SCMP_ACT_ERRNO" }],
  },
};

/** Wide enough for a runtime that lives in the cgroup itself. */
const limits: Partial<Linux> = { resources: { memory: { limit: 1_073_741_824 }, pids: { limit: 1024 } } };

/**
 * The config of a trial cell with `parts`, of the kind that runtimes of `kind` take; `caller` gives the ids of a user
 * namespace and, for the kind `unshare`, the capabilities and groups that such a cell keeps.
 */
export function trialConfig(kind: "oci" | "unshare", parts: readonly TrialPart[], caller: CallerTokens): Config {
  const isOwn = parts.includes("user-namespace");
  const { capabilities: all, groups: additionalGids } = caller;
  const kept = { bounding: all, effective: all, permitted: all };
  return {
    ociVersion: "1.0.2",
    root: { path: "rootfs" },
    process: {
      args: ["/cupel/step"],
      cwd: "/",
      env: ["PATH=/bin"],
      ...(kind === "oci"
        ? { user: { uid: 0, gid: 0 }, noNewPrivileges: true }
        : { user: { uid: 0, gid: 0, additionalGids }, capabilities: kept }),
    },
    mounts: kind === "oci" ? [proc, dev] : [proc],
    linux: {
      namespaces: isOwn ? [...namespaces, { type: "user" }] : namespaces,
      ...(isOwn
        ? {
            uidMappings: idMap(caller.uid, caller.subuid),
            gidMappings: idMap(caller.gid, caller.subgid),
          }
        : {}),
      ...(parts.includes("filter") ? filter : {}),
      ...(parts.includes("limits") ? limits : {}),
    },
  };
}

/** Root of the cell is the caller, and the next id the first of its subordinate ones. */
function idMap(own: number, subordinate: number): readonly IdMapping[] {
  return [
    { containerID: 0, hostID: own, size: 1 },
    { containerID: 1, hostID: subordinate, size: 1 },
  ];
}
