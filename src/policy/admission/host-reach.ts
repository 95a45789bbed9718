/** Refuses the parts of a config by which a runtime acts on the host. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { climbs, hostPath, isBelow } from "../view/path.ts";
import { type AdmissionContext, type AdmissionException, type Refusal, refuse } from "./context.ts";

/** A part that must be absent or empty, why, and the word by which a case may be excepted. */
interface Forbidden {
  readonly in: "config" | "linux" | "seccomp";
  readonly key: string;
  readonly why: string;
  readonly unless?: AdmissionException;
}

const forbidden: readonly Forbidden[] = [
  { in: "config", key: "hooks", why: "the runtime would run programs outside the cell" },
  {
    in: "config",
    key: "annotations",
    why: "annotations switch on behaviour of single runtimes",
    unless: "annotations",
  },
  { in: "config", key: "vm", why: "it is for virtual machines and names programs of the host" },
  { in: "config", key: "windows", why: "it is for another platform" },
  { in: "config", key: "solaris", why: "it is for another platform" },
  { in: "config", key: "freebsd", why: "it is for another platform" },
  { in: "config", key: "zos", why: "it is for another platform" },
  { in: "linux", key: "netDevices", why: "network interfaces of the host would be moved away" },
  { in: "linux", key: "sysctl", why: "kernel settings would be changed", unless: "sysctl" },
  { in: "linux", key: "devices", why: "device nodes would be made", unless: "devices" },
  { in: "linux", key: "intelRdt", why: "cache and bandwidth of the machine would be set" },
  { in: "seccomp", key: "listenerPath", why: "the runtime would connect to a socket of the host" },
  { in: "seccomp", key: "listenerMetadata", why: "it is for an agent outside the cell" },
];

const places = { config: "", linux: "/linux", seccomp: "/linux/seccomp" } as const;
const harmlessPropagations: readonly Json[] = ["private", "rprivate", "slave", "rslave", "unbindable", "runbindable"];

/** Refuses what reaches beyond the cell: hooks, moved devices, kernel settings, foreign cgroups, shared propagation. */
export function refuseHostReach(config: JsonObject, context: AdmissionContext): readonly Refusal[] {
  const linux = config["linux"];
  if (linux !== undefined && !isObject(linux)) return [refuse("/linux", "the Linux part is not an object")];
  const seccomp = linux?.["seccomp"];
  if (seccomp !== undefined && !isObject(seccomp)) return [refuse("/linux/seccomp", "the profile is not an object")];
  const parts = { config, linux, seccomp };
  return [
    ...forbidden.flatMap((part) => {
      const value = parts[part.in]?.[part.key];
      if (isEmpty(value) || (part.unless !== undefined && context.allow?.includes(part.unless) === true)) return [];
      return [refuse(`${places[part.in]}/${part.key}`, `${part.key}: ${part.why}`)];
    }),
    ...refusePropagation(linux?.["rootfsPropagation"]),
    ...refuseCgroup(linux?.["cgroupsPath"], context),
  ];
}

/** Absent, or a container that holds nothing but such. */
function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === "") return true;
  if (isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every((part) => isArray(part) && part.length === 0);
}

function refusePropagation(value: Json | undefined): readonly Refusal[] {
  if (value === undefined || value === "" || harmlessPropagations.includes(value)) return [];
  return [refuse("/linux/rootfsPropagation", "mounts in the cell could spread from it")];
}

function refuseCgroup(path: Json | undefined, context: AdmissionContext): readonly Refusal[] {
  if (path === undefined) return [];
  const plain = typeof path === "string" && path.startsWith("/") && !climbs(path);
  if (plain && isBelow(hostPath("/", path), context.cgroupPrefix)) return [];
  return [refuse("/linux/cgroupsPath", `the cgroup is not below ${context.cgroupPrefix}`)];
}
