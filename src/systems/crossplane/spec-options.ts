/** What options do to the document. Fact sheet: upstream internal/oci/spec/spec.go, the With functions. */
import { Rejection } from "../rejection.ts";
import { quotaOf, sharesOf } from "./cpu-shares.ts";
import { noPasswdData, type PasswdData } from "./passwd.ts";
import { type PasswdFiles, parsePasswdFiles } from "./passwd-files.ts";
import { parseQuantity } from "./quantity.ts";
import { milliValueOf, wholeValueOf } from "./quantity-value.ts";
import type { ImageConfig, SpecOption } from "./request.ts";
import { resolveUser } from "./resolve-user.ts";
import type { Process, Spec } from "./spec.ts";

/**
 * `spec` with `option` applied. Throws {@link Rejection} in the words of the option alone. `users` is the data of an option
 * that names a user.
 */
export function applyOption(spec: Spec, option: SpecOption, users: PasswdData = noPasswdData): Spec {
  switch (option.kind) {
    case "rootFS":
      return withRoot(spec, option.path, option.readonly);
    case "cpuLimit":
      return withCpuLimit(spec, option.limit);
    case "memoryLimit":
      return withMemoryLimit(spec, option.limit);
    case "hostNetwork":
      return withHostNetwork(spec);
    case "imageConfig":
      return withImage(spec, option.config, option);
    case "user":
      return withUser(spec, option.user, users);
    case "runFunctionConfig":
      return withRunConfig(spec, option);
  }
}

function withRoot(spec: Spec, path: string, readonly: boolean): Spec {
  return { ...spec, root: readonly ? { path, readonly } : { path } };
}

function withCpuLimit(spec: Spec, limit: string): Spec {
  const milliCpu = wrapped("cannot parse CPU limit", () => milliValueOf(parseQuantity(limit)));
  const cpu = { shares: integer(sharesOf(milliCpu)), quota: integer(quotaOf(milliCpu)) };
  return { ...spec, linux: { ...spec.linux, resources: { ...spec.linux?.resources, cpu } } };
}

function withMemoryLimit(spec: Spec, limit: string): Spec {
  const memory = { limit: integer(wrapped("cannot parse memory limit", () => wholeValueOf(parseQuantity(limit)))) };
  return { ...spec, linux: { ...spec.linux, resources: { ...spec.linux?.resources, memory } } };
}

/** Sharing a network is done by not having one's own, joined ones included. */
function withHostNetwork(spec: Spec): Spec {
  const mounts = [...(spec.mounts ?? []), resolvConf];
  const { linux } = spec;
  if (linux === undefined) return { ...spec, mounts };
  const { namespaces = [], ...rest } = linux;
  const kept = namespaces.filter(({ type }) => type !== "network");
  return { ...spec, mounts, linux: kept.length === 0 ? rest : { ...rest, namespaces: kept } };
}

const resolvConf = {
  destination: "/etc/resolv.conf",
  type: "bind",
  source: "/etc/resolv.conf",
  options: ["rbind", "ro"],
} as const;

/** Variables are added to those that are there, not merged with them. Without a user the files are never opened. */
function withImage(spec: Spec, config: ImageConfig, files: PasswdFiles): Spec {
  const args = [...config.entrypoint, ...config.cmd];
  if (args.length === 0) throw new Rejection("no-command", "OCI image must specify entrypoint and/or cmd");
  const process = processOf(spec);
  const env = [...(process.env ?? []), ...config.env];
  const changed: Spec = {
    ...spec,
    ...(config.hostname === "" ? {} : { hostname: config.hostname }),
    process: {
      ...process,
      args,
      ...(env.length === 0 ? {} : { env }),
      ...(config.workingDir === "" ? {} : { cwd: config.workingDir }),
    },
  };
  if (config.user === "") return changed;
  const users = wrapped("cannot parse container's /etc/passwd and/or /etc/group files", () => parsePasswdFiles(files));
  return wrapped("cannot resolve user specified by OCI image config", () => withUser(changed, config.user, users));
}

function withUser(spec: Spec, user: string, users: PasswdData): Spec {
  return { ...spec, process: { ...processOf(spec), user: resolveUser(user, users) } };
}

function withRunConfig(spec: Spec, run: Extract<SpecOption, { kind: "runFunctionConfig" }>): Spec {
  const { cpu, memory, networkPolicy } = run;
  const limited = cpu === "" ? spec : wrapped("cannot limit container CPU", () => withCpuLimit(spec, cpu));
  const both =
    memory === "" ? limited : wrapped("cannot limit container memory", () => withMemoryLimit(limited, memory));
  return networkPolicy === "RUNNER" ? withHostNetwork(both) : both;
}

function processOf({ process }: Spec): Process {
  return process ?? { user: { uid: 0, gid: 0 }, cwd: "" };
}

/** A number as JSON has it: exact, a bigint only where it must be. */
function integer(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** What `work` gives; in front of what it refuses with stands `message`. */
export function wrapped<T>(message: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Rejection) throw new Rejection(error.code, `${message}: ${error.message}`);
    throw error;
  }
}
