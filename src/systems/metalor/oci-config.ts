/**
 * What a cell of metalor promises, as an OCI config. Upstream has no such thing: its cells are made by unshare(1), mount(8)
 * and chroot(2). This operation is ours. It says of the process that upstream starts what the kernel then shows of it, and
 * so states as well what upstream leaves open: all capabilities, no filter of system calls, nothing masked.
 */
import { compareUtf8 } from "../../bytes/order.ts";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import type { Config, Mount, Process, Rlimit } from "../../oci/config.ts";
import { capabilityNames } from "../../oci/vocabulary.ts";
import { fit } from "../fit.ts";
import type { Operation } from "../system.ts";
import { hasMountCovering } from "./mounts.ts";
import { hostFiles, type OciConfigOptions, readOciConfigOptions } from "./oci-config-options.ts";
import { planCell } from "./plan.ts";
import { type BuildCellSpec, type ContainerRunCommand, type Environment, type Limits, specSchema } from "./spec.ts";
import { validateSpec } from "./validate-spec.ts";

const requestSchema = closed({ spec: specSchema });

/** The operation `ociConfig`: refuses what `validate` refuses. */
export const ociConfig: Operation = {
  effects: "none",
  title: "an OCI config of what a cell promises (ours, not upstream's)",
  run(request, options) {
    const { spec } = fit(requestSchema, request, "/request");
    return makeOciConfig(spec, readOciConfigOptions(options)) as unknown as Json;
  },
};

/** The config of `spec`. Throws {@link ../rejection.ts | Rejection} where upstream refuses the spec. */
export function makeOciConfig(spec: BuildCellSpec, options: OciConfigOptions): Config {
  validateSpec(spec);
  const command = planCell(spec);
  return {
    ociVersion: "1.0.2",
    root: { path: command.root },
    mounts: makeMounts(command, spec, options),
    process: makeProcess(command, spec, options),
    linux: makeLinux(spec, options),
  };
}

/**
 * The mounts in the order in which they are made: the plan's, proc, and what is bound in without being asked for. Plain
 * binds without nosuid, nodev or noexec, and writable but for the imports, the host's resolv.conf included.
 */
function makeMounts(command: ContainerRunCommand, spec: BuildCellSpec, options: OciConfigOptions): readonly Mount[] {
  const present = options.hostFiles ?? hostFiles;
  const wanted = hostFiles.filter((file) => file !== "/etc/resolv.conf" || spec.network === "Enabled");
  const automatic = wanted.filter((file) => present.includes(file) && !hasMountCovering(command, file));
  return [
    ...command.mounts.map(({ source, destination, readOnly }) =>
      bind(source, destination, readOnly ? ["bind", "ro"] : ["bind"]),
    ),
    { destination: "/proc", type: "proc", source: "proc" },
    ...automatic.map((file) => bind(sourceOf(file, options), file, ["bind"])),
  ];
}

function bind(source: string, destination: string, options: readonly string[]): Mount {
  return { destination, type: "bind", source, options };
}

function sourceOf(file: string, { resolvConf }: OciConfigOptions): string {
  return file === "/etc/resolv.conf" ? (resolvConf ?? file) : file;
}

/** Root with whatever the caller has: nothing is dropped, no bit is set, no filter is installed. */
function makeProcess(command: ContainerRunCommand, { limits }: BuildCellSpec, options: OciConfigOptions): Process {
  const capabilities = capabilitiesOf(options);
  return {
    terminal: false,
    user: { uid: 0, gid: 0, additionalGids: options.host?.groups ?? [] },
    args: [command.executable, ...command.argv],
    env: environmentOf(command.env),
    cwd: command.cwd,
    capabilities: {
      bounding: capabilities,
      effective: capabilities,
      inheritable: [],
      permitted: capabilities,
      ambient: [],
    },
    rlimits: rlimitsOf(limits),
    noNewPrivileges: false,
  };
}

/** The creator of a user namespace has every capability in it (user_namespaces(7)). */
function capabilitiesOf({ backend, host }: OciConfigOptions): readonly string[] {
  return backend === "RootlessUser" ? capabilityNames : (host?.capabilities ?? capabilityNames);
}

/** As the child has it: of a repeated name the last value, in the order of the names' bytes. */
function environmentOf(env: Environment): readonly string[] {
  return [...new Map(env)].sort(([a], [b]) => compareUtf8(a, b)).map(([name, value]) => `${name}=${value}`);
}

/** Soft and hard limits are the same. */
function rlimitsOf({ cpuTimeSeconds, memoryBytes, maxProcesses }: Limits): readonly Rlimit[] {
  const limits = [
    ["RLIMIT_CPU", cpuTimeSeconds],
    ["RLIMIT_AS", memoryBytes],
    ["RLIMIT_NPROC", maxProcesses],
  ] as const;
  return limits.flatMap(([type, limit]) => (limit === null ? [] : [{ type, soft: limit, hard: limit }]));
}

/** The namespaces that unshare(1) is asked for; what is not listed is shared with the host. */
function makeLinux({ network }: BuildCellSpec, { backend, host }: OciConfigOptions): NonNullable<Config["linux"]> {
  const rootless = backend === "RootlessUser";
  return {
    ...(rootless
      ? {
          uidMappings: [{ containerID: 0, hostID: host?.uid ?? 0, size: 1 }],
          gidMappings: [{ containerID: 0, hostID: host?.gid ?? 0, size: 1 }],
        }
      : {}),
    namespaces: [
      ...(rootless ? [{ type: "user" }] : []),
      { type: "pid" },
      { type: "mount" },
      { type: "uts" },
      { type: "ipc" },
      ...(network === "Disabled" ? [{ type: "network" }] : []),
    ],
    rootfsPropagation: "private",
  };
}
