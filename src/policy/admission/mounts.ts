/** Refuses mounts that show the cell more of the host than its own files. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { climbs, hostPath, insidePath, isBelow } from "../view/path.ts";
import { type AdmissionContext, type Refusal, refuse } from "./context.ts";

/** File systems that hold nothing of the host's disks. */
const types: readonly string[] = ["proc", "tmpfs", "devpts", "mqueue", "sysfs", "cgroup"];

/** Types that a bind mount may name; the kernel ignores them. */
const bindTypes: readonly string[] = [...types, "bind", "none"];

/** Where the step and its tools lie in every cell. */
const own: readonly string[] = ["/cupel", "/.cupel"];

/** Refuses, among `mounts` of a config, every one that is not a bind of the cell's own files or a harmless file system. */
export function refuseMounts(mounts: Json | undefined, context: AdmissionContext): readonly Refusal[] {
  if (mounts === undefined) return [];
  if (!isArray(mounts)) return [refuse("/mounts", "the mounts are not a list")];
  return mounts.flatMap((mount, index) => {
    const at = `/mounts/${index}`;
    return isObject(mount) ? refuseMount(mount, at, context) : [refuse(at, "the mount is not an object")];
  });
}

function refuseMount(mount: JsonObject, at: string, context: AdmissionContext): readonly Refusal[] {
  const { destination, type } = mount;
  const options = mount["options"] ?? [];
  if (typeof destination !== "string") return [refuse(`${at}/destination`, "the mount has no destination")];
  if (type !== undefined && typeof type !== "string") return [refuse(`${at}/type`, "the type is not a text")];
  if (!isArray(options) || !options.every((option) => typeof option === "string")) {
    return [refuse(`${at}/options`, "the options are not a list of texts")];
  }
  const refusals = [...refuseCover(destination, at), ...refuseOptions(options, at)];
  const bind = type === "bind" || options.includes("bind") || options.includes("rbind");
  if (bind) return [...refusals, ...refuseBind(mount, type, options, at, context)];
  if (type !== undefined && types.includes(type)) return refusals;
  const what = type === undefined ? "neither has a type nor is a bind" : `is of type "${type}"`;
  return [
    ...refusals,
    refuse(`${at}/type`, `the mount on "${destination}" ${what}; expected ${types.join(", ")} or a bind`),
  ];
}

/** A mount over the step would put another program in its place. */
function refuseCover(destination: string, at: string): readonly Refusal[] {
  const path = insidePath(destination);
  const covers = own.some((place) => path === place || isBelow(place, path) || isBelow(path, place));
  return covers ? [refuse(`${at}/destination`, `the mount on "${destination}" would cover the step or its tools`)] : [];
}

function refuseOptions(options: readonly string[], at: string): readonly Refusal[] {
  return options.flatMap((option, index) => {
    const pointer = `${at}/options/${index}`;
    if (option === "shared" || option === "rshared")
      return [refuse(pointer, "mounts in the cell would spread from it")];
    return option === "remount" ? [refuse(pointer, "an existing mount would be changed")] : [];
  });
}

function refuseBind(
  mount: JsonObject,
  type: string | undefined,
  options: readonly string[],
  at: string,
  context: AdmissionContext,
): readonly Refusal[] {
  if (type !== undefined && !bindTypes.includes(type)) {
    return [refuse(`${at}/type`, `a bind of type "${type}"; expected bind or none`)];
  }
  const source = mount["source"];
  if (typeof source !== "string" || source === "") return [refuse(`${at}/source`, "the bind has no source")];
  if (climbs(source)) return [refuse(`${at}/source`, `the source "${source}" climbs with ".."`)];
  const path = hostPath(context.bundle, source);
  if (isBelow(path, context.cell) || context.allowedDevices?.includes(path) === true) return [];
  // Writable or not: a mount of type proc, which every config may have, gives a cell the same settings to write to.
  if (
    path === "/proc" &&
    insidePath(String(mount["destination"])) === "/proc" &&
    context.allow?.includes("host-proc") === true
  )
    return [];
  if (!context.allowedSources.includes(path)) {
    return [refuse(`${at}/source`, `the source "${source}" is neither below the cell nor a documented host path`)];
  }
  const access = options.findLast((option) => /^r?r[ow]$/.test(option));
  if (access === "ro" || access === "rro") return [];
  return [refuse(`${at}/options`, `the host's "${source}" would be writable; expected the option ro`)];
}
