/** config.json of one build. Fact sheet: upstream build/src/oci/spec.rs, `make_spec`, in its order. */
import { decodeBase64 } from "../../bytes/base64.ts";
import { decodeUtf8 } from "../../bytes/utf8.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { Rejection } from "../rejection.ts";
import {
  commonNamespaces,
  maskedPaths,
  privilegedCapabilities,
  readonlyPaths,
  rlimits,
  rootlessCapabilities,
} from "./confinement.ts";
import { makeMounts } from "./make-mounts.ts";
import type { ConfigOptions } from "./options.ts";
import type { BuildRequest, EnvironmentVar } from "./request.ts";
import { joinPath } from "../../rust/path.ts";
import { debugUtf8Error, findUtf8Error } from "../../rust/utf8.ts";
import { findSubordinateIds, type SubordinateIds } from "./subordinate-ids.ts";

/**
 * The document for `request`, keys as upstream prints them. Throws {@link ../rejection.ts | Rejection} for a variable that is
 * not UTF-8, for what {@link findSubordinateIds} refuses, and for an input name that is not UTF-8, in this order. System,
 * memory, outputs, additional files and needles leave no trace.
 */
export function makeConfig(request: BuildRequest, options: ConfigOptions): JsonObject {
  const process = makeProcess(request, options);
  const linux = makeLinux(request, options);
  return {
    ociVersion: "1.0.2-dev",
    root: { path: "root", readonly: true },
    mounts: makeMounts(request, options),
    process,
    hostname: "localhost",
    annotations: {},
    linux,
  } satisfies Config;
}

function makeProcess(request: BuildRequest, { rootless }: ConfigOptions) {
  const capabilities = rootless ? rootlessCapabilities : privilegedCapabilities;
  return {
    terminal: true,
    user: { uid: 1000, gid: 100 },
    args: request.commandArgs,
    env: request.environmentVars.map(environmentEntry),
    cwd: joinPath("/", request.workingDir),
    capabilities: {
      bounding: capabilities,
      effective: capabilities,
      inheritable: capabilities,
      permitted: capabilities,
      ambient: capabilities,
    },
    rlimits,
    noNewPrivileges: true,
  };
}

function environmentEntry({ key, value = "", valueBase64 }: EnvironmentVar): string {
  if (valueBase64 === undefined) return `${key}=${value}`;
  const bytes = decodeBase64(valueBase64);
  const error = findUtf8Error(bytes);
  if (error === undefined) return `${key}=${decodeUtf8(bytes)}`;
  const fault = `FromUtf8Error { bytes: [${bytes.join(", ")}], error: ${debugUtf8Error(error)} }`;
  throw new Rejection("environment-not-utf8", `invalid string in env: ${fault}`, "panic");
}

function makeLinux(request: BuildRequest, options: ConfigOptions) {
  const { uid, gid, subuid, subgid } = builderIds(options);
  return {
    // The builder is root in the cell, its first further id the user that builds. Said even without a user namespace.
    uidMappings: [mapOne(uid, 0), mapOne(subuid, 1000)],
    gidMappings: [mapOne(gid, 0), mapOne(subgid, 100)],
    resources: { devices: [] },
    namespaces: namespacesOf(request, options),
    maskedPaths,
    readonlyPaths,
  };
}

function builderIds({ host, revision }: ConfigOptions): SubordinateIds {
  try {
    return findSubordinateIds(host, revision);
  } catch (error) {
    if (error instanceof Rejection) throw new Rejection(error.code, `subordinate error: ${error.message}`);
    throw error;
  }
}

function mapOne(hostID: number, containerID: number) {
  return { hostID, containerID, size: 1 };
}

function namespacesOf({ constraints }: BuildRequest, { rootless }: ConfigOptions) {
  return [
    ...commonNamespaces,
    ...(constraints?.networkAccess ? [] : [{ type: "network" }]),
    ...(rootless ? [{ type: "user" }] : []),
  ];
}
