/** cgroup limits. Spec: config-linux.md, "Control groups". */
import type { JsonObject } from "../../json/value.ts";
import type { Place } from "./place.ts";
import { integerMember } from "./reach.ts";
import {
  type Check,
  deprecated,
  flag,
  int64,
  integer,
  list,
  map,
  object,
  oneOf,
  text,
  textLike,
  uint32,
  uint64,
} from "./shapes.ts";
import { quote } from "./words.ts";

const deviceRule = object(
  {
    allow: flag,
    type: oneOf(["a", "b", "c"], "device type"),
    major: int64,
    minor: int64,
    access: textLike(/^[rwm]*$/, "letters of r, w and m"),
  },
  { required: ["allow"] },
);

const bytes = integer(-1, 2n ** 63n - 1n, "a number of bytes, or -1 for no limit");

const memory = object({
  limit: bytes,
  reservation: bytes,
  swap: bytes,
  kernel: deprecated(bytes, "kernels no longer limit kernel memory apart"),
  kernelTCP: deprecated(bytes, "kernels no longer limit kernel memory apart"),
  swappiness: integer(0, 100, "a swappiness from 0 to 100"),
  disableOOMKiller: flag,
  useHierarchy: flag,
  checkBeforeUpdate: flag,
});

const listFormat = textLike(/^(?:all|[0-9, :/\n-]*)$/, "a list such as 0-3,7");

const cpu = object(
  {
    shares: uint64,
    quota: int64,
    burst: uint64,
    period: uint64,
    realtimeRuntime: int64,
    realtimePeriod: uint64,
    cpus: listFormat,
    mems: listFormat,
    idle: integer(0, 1, "0 or 1"),
  },
  { also: reportBurst },
);

const weight = integer(0, 65535, "an unsigned 16-bit integer (0 to 65535)");
const number = { major: int64, minor: int64 };
const required = ["major", "minor"];
const throttled = list(object({ ...number, rate: uint64 }, { required: [...required, "rate"] }));

const blockIO = object({
  weight,
  leafWeight: weight,
  weightDevice: list(
    object({ ...number, weight, leafWeight: weight }, { required, also: needOne("weight", "leafWeight") }),
  ),
  throttleReadBpsDevice: throttled,
  throttleWriteBpsDevice: throttled,
  throttleReadIOPSDevice: throttled,
  throttleWriteIOPSDevice: throttled,
});

const hugepageLimit = object(
  { pageSize: textLike(/^[1-9][0-9]*[KMG]B$/, "a size such as 64KB, 2MB or 1GB"), limit: uint64 },
  { required: ["pageSize", "limit"] },
);

const network = object({
  classID: uint32,
  priorities: list(object({ name: text, priority: uint32 }, { required: ["name", "priority"] })),
});

const rdma = map(object({ hcaHandles: uint32, hcaObjects: uint32 }, { also: needOne("hcaHandles", "hcaObjects") }));

const unified = map(text, (file, place) => {
  if (file === "" || file.includes("/")) place.report("bad-value", "expected the name of a cgroup file, without /");
});

/** `/linux/resources`. */
export const resourcesShape: Check = object({
  devices: list(deviceRule),
  memory,
  cpu,
  pids: object({ limit: int64 }, { required: ["limit"] }),
  blockIO,
  hugepageLimits: list(hugepageLimit),
  network,
  rdma,
  unified,
  oomScoreAdj: deprecated(
    integer(-1000, 1000, "an adjustment from -1000 to 1000"),
    "oomScoreAdj of the process took its place",
  ),
});

/** The specification asks for at least one of two keys. */
function needOne(first: string, second: string): (value: JsonObject, place: Place) => void {
  return (value, place) => {
    if (Object.hasOwn(value, first) || Object.hasOwn(value, second)) return;
    place.report("missing-key", `expected at least one of ${quote(first)} and ${quote(second)}`);
  };
}

function reportBurst(cpu: JsonObject, place: Place): void {
  const quota = integerMember(cpu, "quota");
  const burst = integerMember(cpu, "burst");
  if (quota === undefined || burst === undefined || quota <= 0 || burst <= quota) return;
  place.at("burst").report("out-of-range", `expected a burst of at most the quota ${quota}, found ${burst}`);
}
