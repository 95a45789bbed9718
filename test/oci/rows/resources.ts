/** cgroup limits. */
import type { Json } from "../../../src/json/value.ts";
import type { Row } from "./row.ts";

const resources = (part: Json): Json => ({ linux: { resources: part } });
const disk = { major: 8, minor: 0 };

export const resourceRows: readonly Row[] = [
  {
    title: "a device rule without allow",
    code: "missing-key",
    at: "/linux/resources/devices/0",
    bad: resources({ devices: [{ access: "rwm" }] }),
    good: resources({ devices: [{ allow: false, access: "rwm" }] }),
  },
  {
    title: "a device rule for a FIFO",
    code: "bad-value",
    at: "/linux/resources/devices/0/type",
    bad: resources({ devices: [{ allow: true, type: "p" }] }),
    good: resources({ devices: [{ allow: true, type: "a", major: -1, minor: -1 }] }),
  },
  {
    title: "a device rule with an unknown letter",
    code: "bad-value",
    at: "/linux/resources/devices/0/access",
    bad: resources({ devices: [{ allow: true, access: "rx" }] }),
    good: resources({ devices: [{ allow: true, access: "mr" }] }),
  },
  {
    title: "a memory limit below no limit",
    code: "out-of-range",
    at: "/linux/resources/memory/limit",
    bad: resources({ memory: { limit: -2 } }),
    good: resources({ memory: { limit: -1, reservation: 2n ** 63n - 1n, swap: 0 } }),
  },
  {
    title: "a limit of kernel memory",
    code: "deprecated-key",
    at: "/linux/resources/memory/kernelTCP",
    bad: resources({ memory: { kernelTCP: 1 } }),
    good: resources({ memory: { disableOOMKiller: true, useHierarchy: true, checkBeforeUpdate: true } }),
  },
  {
    title: "a swappiness out of range",
    code: "out-of-range",
    at: "/linux/resources/memory/swappiness",
    bad: resources({ memory: { swappiness: 101 } }),
    good: resources({ memory: { swappiness: 100 } }),
  },
  {
    title: "negative CPU shares",
    code: "out-of-range",
    at: "/linux/resources/cpu/shares",
    bad: resources({ cpu: { shares: -1 } }),
    good: resources({
      cpu: { shares: 2, quota: -1, period: 100000, burst: 0, idle: 1, realtimePeriod: 1, realtimeRuntime: 1 },
    }),
  },
  {
    title: "a burst above the quota",
    code: "out-of-range",
    at: "/linux/resources/cpu/burst",
    bad: resources({ cpu: { quota: 5, burst: 6 } }),
    good: resources({ cpu: { quota: -1, burst: 6 } }),
  },
  {
    title: "a CPU list of words",
    code: "bad-value",
    at: "/linux/resources/cpu/cpus",
    bad: resources({ cpu: { cpus: "first" } }),
    good: resources({ cpu: { cpus: "0-3,8-14:2/4", mems: "0" } }),
  },
  {
    title: "a pids limit as text",
    code: "wrong-type",
    at: "/linux/resources/pids/limit",
    bad: resources({ pids: { limit: "9" } }),
    good: resources({ pids: { limit: -1 } }),
  },
  {
    title: "pids without limit",
    code: "missing-key",
    at: "/linux/resources/pids",
    bad: resources({ pids: {} }),
    good: resources({}),
  },
  {
    title: "a weight beyond 16 bits",
    code: "out-of-range",
    at: "/linux/resources/blockIO/weight",
    bad: resources({ blockIO: { weight: 65536 } }),
    good: resources({ blockIO: { weight: 10, leafWeight: 10, weightDevice: [{ ...disk, weight: 1 }] } }),
  },
  {
    title: "a rate of no device",
    code: "missing-key",
    at: "/linux/resources/blockIO/throttleReadBpsDevice/0",
    bad: resources({ blockIO: { throttleReadBpsDevice: [{ major: 8, rate: 1 }] } }),
    good: resources({ blockIO: { throttleReadBpsDevice: [{ ...disk, rate: 1 }] } }),
  },
  {
    title: "a throttled device without rate",
    code: "missing-key",
    at: "/linux/resources/blockIO/throttleWriteIOPSDevice/0",
    bad: resources({ blockIO: { throttleWriteIOPSDevice: [disk] } }),
    good: resources({ blockIO: { throttleWriteIOPSDevice: [{ ...disk, rate: 2n ** 63n }] } }),
  },
  {
    title: "a weighed device without weight",
    code: "missing-key",
    at: "/linux/resources/blockIO/weightDevice/0",
    bad: resources({ blockIO: { weightDevice: [disk] } }),
    good: resources({ blockIO: { weightDevice: [{ ...disk, leafWeight: 1 }] } }),
  },
  {
    title: "a huge page size with a small k",
    code: "bad-value",
    at: "/linux/resources/hugepageLimits/0/pageSize",
    bad: resources({ hugepageLimits: [{ pageSize: "64kB", limit: 1 }] }),
    good: resources({ hugepageLimits: [{ pageSize: "64KB", limit: 9223372036854772000n }] }),
  },
  {
    title: "a network priority without name",
    code: "missing-key",
    at: "/linux/resources/network/priorities/0",
    bad: resources({ network: { priorities: [{ priority: 1 }] } }),
    good: resources({ network: { classID: 1, priorities: [{ name: "eth0", priority: 1 }] } }),
  },
  {
    title: "RDMA without any limit",
    code: "missing-key",
    at: "/linux/resources/rdma/mlx5",
    bad: resources({ rdma: { mlx5: {} } }),
    good: resources({ rdma: { mlx5: { hcaObjects: 1 } } }),
  },
  {
    title: "a cgroup file in another directory",
    code: "bad-value",
    at: "/linux/resources/unified/..~1a",
    bad: resources({ unified: { "../a": "1" } }),
    good: resources({ unified: { "memory.high": "1" } }),
  },
  {
    title: "the OOM score of old",
    code: "deprecated-key",
    at: "/linux/resources/oomScoreAdj",
    bad: resources({ oomScoreAdj: 1 }),
    good: { process: { oomScoreAdj: 1 } },
  },
];
