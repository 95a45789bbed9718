/** config.json of one step. Fact sheet: upstream executor/oci/spec.go, `GenerateSpec`, in its order. */
import { joinPath } from "../../go/clean-path.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { baseMounts } from "./base-mounts.ts";
import { type Events, type OpenMounts, openMounts } from "./caller-mounts.ts";
import { type CallerOptions, callerOptions } from "./caller-options.ts";
import { type ConfigRequest, treeOf } from "./config-request.ts";
import {
  allCapabilities,
  everyDevice,
  maskedOutsideProc,
  maskedPaths,
  noDevices,
  readonlyPaths,
  sandboxCapabilities,
} from "./confinement.ts";
import { deviceNodes } from "./devices.ts";
import type { Directory } from "./file-tree.ts";
import { type IdMap, mappings } from "./id-map.ts";
import type { Meta } from "./meta.ts";
import { type ProcessMode, processMode, type SecurityMode, securityMode } from "./modes.ts";
import { checkNamespace } from "./namespace-name.ts";
import { networkNamespace } from "./network.ts";
import type { Options } from "./options.ts";
import { sandboxProfile } from "./sandbox-profile.ts";
import { selectParts } from "./selectors.ts";

/** The generator's own arguments; the files come beside them. */
export type GeneratorRequest = Omit<ConfigRequest, "tree">;

/** The document, and the sources of the caller's mounts, which stay open until they are released. */
export interface Generated {
  readonly config: Config;
  readonly mounts: OpenMounts;
}

/**
 * The document for `request`, whose selectors are looked up in `tree`; `events` collects what is done to the sources of
 * mounts. Throws {@link ../rejection.ts | Rejection} for the namespace, then for what {@link openMounts} refuses. A profile is
 * attached in the sandbox alone; what fails while the network is set up goes unnoticed.
 */
export function generate(request: GeneratorRequest, options: Options, tree: Directory, events: Events): Generated {
  const namespace = request.containerdNamespace ?? defaultNamespace;
  checkNamespace(namespace);
  const security = securityMode(request.meta.securityMode);
  const process = processMode(request.processMode);
  const caller = callerOptions(request.opts ?? []);
  const select = selectParts(tree, options.localMountDirs ?? []);
  const mounts = openMounts(request.mounts ?? [], select, events);
  const base = baseMounts(request.resolvConf ?? "", request.hostsFile ?? "", security, process);
  const config: Config = {
    ociVersion: "1.0.2-dev",
    process: makeProcess(request.meta, security, caller),
    root: caller.readonlyRoot ? { path: "rootfs", readonly: true } : { path: "rootfs" },
    hostname: "buildkitsandbox",
    mounts: mounts.entries.length === 0 ? base : [...base, ...mounts.entries],
    linux: makeLinux(
      request,
      options,
      security,
      process,
      caller.cgroupsPath ?? joinPath("/", namespace, request.id ?? ""),
    ),
  };
  return { config, mounts };
}

/** The document for `request` alone. Throws what {@link generate} throws. */
export function makeConfig(request: ConfigRequest, options: Options): JsonObject {
  return generate(request, options, treeOf(request), []).config as unknown as JsonObject;
}

/** Of containerd, where the caller's context has none. */
export const defaultNamespace = "buildkit";

function makeProcess({ args, env, cwd = "" }: Meta, security: SecurityMode, { user }: CallerOptions) {
  const capabilities = security === "insecure" ? allCapabilities : sandboxCapabilities;
  // There is no base environment whose names could be overridden: repeated names stay.
  const variables = env?.filter((entry) => entry.includes("=")) ?? [];
  return {
    user,
    ...(args?.length ? { args } : {}),
    ...(variables.length === 0 ? {} : { env: variables }),
    cwd,
    capabilities,
  };
}

function makeLinux(
  { network = { mode: "none" }, idmap = null }: GeneratorRequest,
  { arch = "amd64", seccompSupported = true, inUserNS = false, freeLoopId }: Options,
  security: SecurityMode,
  process: ProcessMode,
  cgroupsPath: string,
) {
  const insecure = security === "insecure";
  const namespaces = [
    ...(process === "no-sandbox" ? [] : [{ type: "pid" }]),
    ...alwaysPrivate,
    ...networkNamespace(network),
    ...(idmap === null ? [] : [{ type: "user" }]),
  ];
  const profile = security === "sandbox" && seccompSupported;
  return {
    ...(idmap === null ? {} : mapsOf(idmap)),
    resources: insecure ? everyDevice : noDevices,
    ...(cgroupsPath === "" ? {} : { cgroupsPath }),
    namespaces,
    ...(insecure && !inUserNS ? { devices: deviceNodes(freeLoopId ?? 0) } : {}),
    ...(profile ? { seccomp: sandboxProfile(arch) } : {}),
    ...(insecure ? {} : closedPaths[process]),
  };
}

const alwaysPrivate = [{ type: "ipc" }, { type: "uts" }, { type: "mount" }] as const;

const closedPaths = {
  sandbox: { maskedPaths, readonlyPaths },
  "no-sandbox": { maskedPaths: maskedOutsideProc },
} as const;

function mapsOf({ uidMaps, gidMaps }: IdMap) {
  const [uidMappings, gidMappings] = [mappings(uidMaps), mappings(gidMaps)];
  return {
    ...(uidMappings.length === 0 ? {} : { uidMappings }),
    ...(gidMappings.length === 0 ? {} : { gidMappings }),
  };
}
