/** The mounts of config.json, in their order. Fact sheet: upstream build/src/oci/spec.rs, `configure_mounts`. */
import { compareUtf8 } from "../../bytes/order.ts";
import { type MountEntry, privilegedMounts, rootlessMounts } from "./base-mounts.ts";
import { inputNames } from "./input-names.ts";
import type { ConfigOptions } from "./options.ts";
import type { BuildRequest } from "./request.ts";
import { joinPath, pathIdentity } from "../../rust/path.ts";
import { scratchName } from "./scratch-name.ts";

/**
 * Nothing is deduplicated between the groups, and later mounts go over earlier ones.
 * Throws {@link ../rejection.ts | Rejection} for an input name that is not UTF-8.
 */
export function makeMounts(request: BuildRequest, { rootless, sandboxShell }: ConfigOptions): readonly MountEntry[] {
  const { constraints } = request;
  return [
    ...(rootless ? rootlessMounts : privilegedMounts),
    ...request.scratchPaths.map(scratchMount),
    ...inputMounts(request),
    ...distinctPaths(constraints?.availableReadOnlyPaths ?? []).map((path) => hostMount(path, path)),
    ...(constraints?.provideBinSh ? [hostMount("/bin/sh", sandboxShell)] : []),
    ...(constraints?.networkAccess ? networkMounts : []),
  ];
}

/** Sources below the bundle are relative to it. */
function scratchMount(path: string): MountEntry {
  return bind(joinPath("/", path), `scratch/${scratchName(path)}`, ["rbind", "rw"]);
}

function inputMounts({ inputs, inputsDir }: BuildRequest): readonly MountEntry[] {
  const directory = joinPath("/", inputsDir);
  return inputNames(inputs).map((name) => {
    return bind(joinPath(directory, name), `inputs/${name}`, ["rbind", "ro", "nosuid", "nodev"]);
  });
}

/** A set upstream, in random order; ours is sorted. Of equal paths the first spelling counts. */
function distinctPaths(paths: readonly string[]): readonly string[] {
  const distinct = new Map<string, string>();
  for (const path of paths) {
    const identity = pathIdentity(path);
    if (!distinct.has(identity)) distinct.set(identity, path);
  }
  return [...distinct.values()].sort(compareUtf8);
}

const networkMounts = ["/etc/resolv.conf", "/etc/services", "/etc/hosts"].map((path) => hostMount(path, path));

function hostMount(destination: string, source: string): MountEntry {
  return bind(destination, source, ["rbind", "ro"]);
}

function bind(destination: string, source: string, options: readonly string[]): MountEntry {
  return { destination, type: "none", source, options };
}
