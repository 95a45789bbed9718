/** config.json of one build step. Fact sheet: upstream lib/sandbox.runc.ml, module Json_config, in its order. */
import type { JsonObject } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { concat } from "./concat.ts";
import { capabilities, maskedPaths, readonlyPaths, rlimits, skippedSync } from "./confinement.ts";
import { makeMounts } from "./make-mounts.ts";
import type { ConfigOptions } from "./options.ts";
import { entrypointRefused, networkRefused, windowsUserRefused } from "./refusals.ts";
import type { SandboxRequest, UnixUser } from "./request.ts";

/**
 * The document for `request`. Throws {@link ../rejection.ts | Rejection} for an entrypoint, a Windows user and an unknown
 * network, in this order; nothing else is checked or normalised.
 */
export function makeConfig(request: SandboxRequest, options: ConfigOptions): JsonObject {
  if (typeof request.entrypoint === "string") throw entrypointRefused();
  const user = unixUser(request);
  const hostNetwork = usesHostNetwork(request.network);
  return {
    ociVersion: "1.0.1-dev",
    process: makeProcess(request, user),
    root: { path: concat(options.resultsDir, "rootfs"), readonly: false },
    hostname: request.hostname,
    mounts: makeMounts(request, hostNetwork, options.configDir),
    linux: makeLinux(hostNetwork, options),
  } satisfies Config;
}

function unixUser({ user }: SandboxRequest): UnixUser {
  if ("name" in user) throw windowsUserRefused();
  return user;
}

function usesHostNetwork(network: readonly string[]): boolean {
  if (network.length === 0) return false;
  if (network.length === 1 && network[0] === "host") return true;
  throw networkRefused(network);
}

function makeProcess(request: SandboxRequest, { uid, gid }: UnixUser) {
  return {
    terminal: false,
    user: { uid, gid },
    args: request.argv,
    env: request.env.map(([name, value]) => `${name}=${value}`),
    cwd: request.cwd,
    // The same for every user id; there is no ambient set.
    capabilities: {
      bounding: capabilities,
      effective: capabilities,
      inheritable: capabilities,
      permitted: capabilities,
    },
    rlimits,
    // Builds use sudo inside.
    noNewPrivileges: false,
  };
}

function makeLinux(hostNetwork: boolean, options: ConfigOptions) {
  return {
    namespaces: hostNetwork ? withHostNetwork : withOwnNetwork,
    maskedPaths,
    readonlyPaths,
    seccomp: makeSeccomp(options),
  };
}

const withHostNetwork = [{ type: "pid" }, { type: "ipc" }, { type: "uts" }, { type: "mount" }] as const;
const withOwnNetwork = [{ type: "network" }, ...withHostNetwork] as const;

function makeSeccomp({ fastSync = false, arches }: ConfigOptions) {
  const filter = { defaultAction: "SCMP_ACT_ALLOW", syscalls: fastSync ? [skippedSync] : [] };
  return arches.length === 0 ? filter : { ...filter, architectures: arches };
}
