/** What a config may not ask of the runtime `unshare`: whatever metalor does not do, it must not seem to have done. */
import { isObject, type Json } from "../../../../src/json/value.ts";
import type { Config } from "../../../../src/oci/config.ts";
import { capabilityNames } from "../../../../src/oci/vocabulary.ts";
import { boundingSet, supplementaryGroups } from "../../../host/process-status.ts";

/** Something that only an OCI runtime can do, and whether a config asks for it. */
interface Beyond {
  readonly what: string;
  asked(config: Config): boolean;
}

const beyond: readonly Beyond[] = [
  { what: "a read-only root file system", asked: ({ root }) => root?.readonly === true },
  { what: "a host name", asked: ({ hostname, domainname }) => isGiven(hostname) || isGiven(domainname) },
  { what: "a terminal", asked: ({ process }) => process?.terminal === true },
  { what: "no new privileges", asked: ({ process }) => process?.noNewPrivileges === true },
  { what: "other capabilities than the caller's", asked: wantsOtherCapabilities },
  { what: "other groups than the caller's", asked: wantsOtherGroups },
  { what: "a umask", asked: ({ process }) => process?.user?.umask !== undefined },
  {
    what: "a security label",
    asked: ({ process }) => isGiven(process?.apparmorProfile) || isGiven(process?.selinuxLabel),
  },
  { what: "an out-of-memory score", asked: ({ process }) => process?.oomScoreAdj !== undefined },
  { what: "a scheduler", asked: ({ process }) => isGiven(process?.scheduler) || isGiven(process?.ioPriority) },
  { what: "a filter of system calls", asked: ({ linux }) => linux?.seccomp !== undefined },
  { what: "masked paths", asked: ({ linux }) => isGiven(linux?.maskedPaths) },
  { what: "read-only paths", asked: ({ linux }) => isGiven(linux?.readonlyPaths) },
  { what: "limits of a cgroup", asked: ({ linux }) => isGiven(linux?.resources) },
  { what: "a cgroup", asked: ({ linux }) => isGiven(linux?.cgroupsPath) },
  { what: "devices", asked: ({ linux }) => isGiven(linux?.devices) },
  { what: "kernel settings", asked: ({ linux }) => isGiven(linux?.sysctl) },
  { what: "a mount label", asked: ({ linux }) => isGiven(linux?.mountLabel) },
  { what: "clock offsets", asked: ({ linux }) => isGiven(linux?.timeOffsets) },
  { what: "a personality", asked: ({ linux }) => isGiven(linux?.personality) },
  {
    what: "a mount with ids of its own",
    asked: ({ mounts = [] }) => mounts.some((mount) => isGiven(mount.uidMappings)),
  },
  {
    what: "joining a namespace",
    asked: ({ linux }) => linux?.namespaces?.some(({ path }) => path !== undefined) === true,
  },
  { what: "other id maps than root's", asked: wantsOtherMaps },
  { what: "mounts that spread", asked: ({ linux }) => !/^(?:r?private)?$/.test(linux?.rootfsPropagation ?? "") },
];

/** Why `config` is not run by unshare, in words; undefined when everything it says is done. */
export function notCarriedOut(config: Config): string | undefined {
  const asked = beyond.find((each) => each.asked(config));
  return asked === undefined ? undefined : `cells that unshare makes cannot have ${asked.what}`;
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value as Json) ? Object.keys(value as object).length > 0 : true;
}

/** They are neither raised nor dropped. In a user namespace of its own a process has all (user_namespaces(7)). */
function wantsOtherCapabilities(config: Config): boolean {
  const given = config.process?.capabilities ?? {};
  const own = hasUserNamespace(config) ? capabilityNames : boundingSet();
  const { bounding, effective, permitted, inheritable = [], ambient = [] } = given;
  const whole = [bounding, effective, permitted].every((set) => isSame(set ?? [], own));
  return !whole || inheritable.length + ambient.length > 0;
}

/** unshare(1) drops the groups when it changes to another user, and leaves them alone otherwise. */
function wantsOtherGroups({ process }: Config): boolean {
  const { uid = 0, gid = 0, additionalGids = [] } = process?.user ?? {};
  const stays = BigInt(uid) === 0n && BigInt(gid) === 0n;
  return !isSame(additionalGids.map(String), stays ? supplementaryGroups().map(String) : []);
}

/** The one map that needs no privilege: root of the cell is whoever calls. */
function wantsOtherMaps(config: Config): boolean {
  const { uidMappings = [], gidMappings = [] } = config.linux ?? {};
  if (!hasUserNamespace(config)) return uidMappings.length + gidMappings.length > 0;
  const isOwn = (maps: typeof uidMappings, own: number): boolean => {
    const [only, ...more] = maps.map(({ containerID, hostID, size }) => `${containerID} ${hostID} ${size}`);
    return more.length === 0 && only === `0 ${own} 1`;
  };
  return !isOwn(uidMappings, process.getuid?.() ?? 0) || !isOwn(gidMappings, process.getgid?.() ?? 0);
}

function hasUserNamespace({ linux }: Config): boolean {
  return linux?.namespaces?.some(({ type }) => type === "user") === true;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(b);
  return new Set(a).size === set.size && a.every((name) => set.has(name));
}
