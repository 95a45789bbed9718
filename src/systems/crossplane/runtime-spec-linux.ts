/** The Linux part of config.json as upstream knows it. Fact sheet: opencontainers/runtime-spec v1.1.0, specs-go/config.go. */
import { always, type GoStruct, list, map, pointer, struct } from "../../go/type.ts";

const texts = list("string");

const idMappings = list(struct({ containerID: always("uint32"), hostID: always("uint32"), size: always("uint32") }));

const deviceNumber = { major: always("int64"), minor: always("int64") };
const throttles = list(struct({ ...deviceNumber, rate: always("uint64") }));
const weights = { weight: pointer("uint16"), leafWeight: pointer("uint16") };

const memory = struct({
  limit: pointer("int64"),
  reservation: pointer("int64"),
  swap: pointer("int64"),
  kernel: pointer("int64"),
  kernelTCP: pointer("int64"),
  swappiness: pointer("uint64"),
  disableOOMKiller: pointer("bool"),
  useHierarchy: pointer("bool"),
  checkBeforeUpdate: pointer("bool"),
});

const cpu = struct({
  shares: pointer("uint64"),
  quota: pointer("int64"),
  burst: pointer("uint64"),
  period: pointer("uint64"),
  realtimeRuntime: pointer("int64"),
  realtimePeriod: pointer("uint64"),
  cpus: "string",
  mems: "string",
  idle: pointer("int64"),
});

const blockIo = struct({
  ...weights,
  weightDevice: list(struct({ ...deviceNumber, ...weights })),
  throttleReadBpsDevice: throttles,
  throttleWriteBpsDevice: throttles,
  throttleReadIOPSDevice: throttles,
  throttleWriteIOPSDevice: throttles,
});

const deviceRule = struct({
  allow: always("bool"),
  type: "string",
  major: pointer("int64"),
  minor: pointer("int64"),
  access: "string",
});

const network = struct({
  classID: pointer("uint32"),
  priorities: list(struct({ name: always("string"), priority: always("uint32") })),
});

/** `linux.resources`. */
export const resourcesType: GoStruct = struct({
  devices: list(deviceRule),
  memory: pointer(memory),
  cpu: pointer(cpu),
  pids: pointer(struct({ limit: always("int64") })),
  blockIO: pointer(blockIo),
  hugepageLimits: list(struct({ pageSize: always("string"), limit: always("uint64") })),
  network: pointer(network),
  rdma: map(struct({ hcaHandles: pointer("uint32"), hcaObjects: pointer("uint32") })),
  unified: map("string"),
});

const seccompArgument = struct({
  index: always("uint"),
  value: always("uint64"),
  valueTwo: "uint64",
  op: always("string"),
});

const seccomp = struct({
  defaultAction: always("string"),
  defaultErrnoRet: pointer("uint"),
  architectures: texts,
  flags: texts,
  listenerPath: "string",
  listenerMetadata: "string",
  syscalls: list(
    struct({
      names: always(texts),
      action: always("string"),
      errnoRet: pointer("uint"),
      args: list(seccompArgument),
    }),
  ),
});

/** A device node, on z/OS as well. */
export const deviceType: GoStruct = struct({
  path: always("string"),
  type: always("string"),
  ...deviceNumber,
  fileMode: pointer("uint32"),
  uid: pointer("uint32"),
  gid: pointer("uint32"),
});

const intelRdt = struct({
  closID: "string",
  l3CacheSchema: "string",
  memBwSchema: "string",
  enableCMT: "bool",
  enableMBM: "bool",
});

/** `linux`. */
export const linuxType: GoStruct = struct({
  uidMappings: idMappings,
  gidMappings: idMappings,
  sysctl: map("string"),
  resources: pointer(resourcesType),
  cgroupsPath: "string",
  namespaces: list(struct({ type: always("string"), path: "string" })),
  devices: list(deviceType),
  seccomp: pointer(seccomp),
  rootfsPropagation: "string",
  maskedPaths: texts,
  readonlyPaths: texts,
  mountLabel: "string",
  intelRdt: pointer(intelRdt),
  personality: pointer(struct({ domain: always("string"), flags: texts })),
  timeOffsets: map(struct({ secs: "int64", nanosecs: "uint32" })),
});
