/** The types of config.json that upstream knows. Fact sheet: opencontainers/runtime-spec v1.1.0, specs-go/config.go. */
import { always, type GoStruct, list, map, pointer, struct } from "../../go/type.ts";
import { linuxType } from "./runtime-spec-linux.ts";
import { solarisType, vmType, windowsType, zosType } from "./runtime-spec-platforms.ts";

const texts = list("string");

const hooks = list(struct({ path: always("string"), args: texts, env: texts, timeout: pointer("int") }));

const idMappings = list(struct({ containerID: always("uint32"), hostID: always("uint32"), size: always("uint32") }));

const user = struct({
  uid: always("uint32"),
  gid: always("uint32"),
  umask: pointer("uint32"),
  additionalGids: list("uint32"),
  username: "string",
});

const scheduler = struct({
  policy: always("string"),
  nice: "int32",
  priority: "int32",
  flags: texts,
  runtime: "uint64",
  deadline: "uint64",
  period: "uint64",
});

/** `process`. */
export const processType: GoStruct = struct({
  terminal: "bool",
  consoleSize: pointer(struct({ height: always("uint"), width: always("uint") })),
  user: always(user),
  args: texts,
  commandLine: "string",
  env: texts,
  cwd: always("string"),
  capabilities: pointer(
    struct({ bounding: texts, effective: texts, inheritable: texts, permitted: texts, ambient: texts }),
  ),
  rlimits: list(struct({ type: always("string"), hard: always("uint64"), soft: always("uint64") })),
  noNewPrivileges: "bool",
  apparmorProfile: "string",
  oomScoreAdj: pointer("int"),
  scheduler: pointer(scheduler),
  selinuxLabel: "string",
  ioPriority: pointer(struct({ class: always("string"), priority: always("int") })),
});

const mount = struct({
  destination: always("string"),
  type: "string",
  source: "string",
  options: texts,
  uidMappings: idMappings,
  gidMappings: idMappings,
});

/** The whole document. */
export const specType: GoStruct = struct({
  ociVersion: always("string"),
  process: pointer(processType),
  root: pointer(struct({ path: always("string"), readonly: "bool" })),
  hostname: "string",
  domainname: "string",
  mounts: list(mount),
  hooks: pointer(
    struct({
      prestart: hooks,
      createRuntime: hooks,
      createContainer: hooks,
      startContainer: hooks,
      poststart: hooks,
      poststop: hooks,
    }),
  ),
  annotations: map("string"),
  linux: pointer(linuxType),
  solaris: pointer(solarisType),
  windows: pointer(windowsType),
  vm: pointer(vmType),
  zos: pointer(zosType),
});
