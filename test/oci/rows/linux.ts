/** Namespaces, mappings, devices and the rest of the Linux part. */
import type { Json } from "../../../src/json/value.ts";
import type { Row } from "./row.ts";

const linux = (part: Json): Json => ({ linux: part });
const namespaces = (...types: string[]): Json => types.map((type) => ({ type }));
const range = (containerID: Json, hostID: Json, size: Json): Json => ({ containerID, hostID, size });
const user = (uidMappings: Json): Json =>
  linux({ namespaces: namespaces("user"), uidMappings, gidMappings: [range(0, 0, 1)] });
const nul = { type: "c", path: "/dev/null", major: 1, minor: 3 };

export const linuxRows: readonly Row[] = [
  {
    title: "a namespace by its kernel name",
    code: "unknown-namespace",
    at: "/linux/namespaces/0/type",
    bad: linux({ namespaces: namespaces("net") }),
    good: linux({ namespaces: namespaces("network", "time", "cgroup") }),
  },
  {
    title: "a namespace without type",
    code: "missing-key",
    at: "/linux/namespaces/0",
    bad: linux({ namespaces: [{}] }),
    good: linux({ namespaces: [] }),
  },
  {
    title: "a relative namespace path",
    code: "relative-path",
    at: "/linux/namespaces/0/path",
    bad: linux({ namespaces: [{ type: "pid", path: "ns/pid" }] }),
    good: linux({ namespaces: [{ type: "pid", path: "/proc/1/ns/pid" }] }),
  },
  {
    title: "a namespace twice",
    code: "duplicate-namespace",
    at: "/linux/namespaces/1",
    bad: linux({ namespaces: namespaces("pid", "pid") }),
    good: linux({ namespaces: namespaces("pid", "ipc") }),
  },
  {
    title: "an empty id range",
    code: "out-of-range",
    at: "/linux/uidMappings/0/size",
    bad: user([range(0, 1000, 0), range(0, 1000, 1)]),
    good: user([range(0, 1000, 1)]),
  },
  {
    title: "an id range without its host side",
    code: "missing-key",
    at: "/linux/uidMappings/0",
    bad: user([{ containerID: 0, size: 1 }]),
    good: user([range(0, 2 ** 32 - 2, 1)]),
  },
  {
    title: "ranges that overlap inside",
    code: "overlapping-mapping",
    at: "/linux/uidMappings/0",
    bad: user([range(5, 9000, 1), range(0, 1000, 10)]),
    good: user([range(10, 9000, 1), range(0, 1000, 10)]),
  },
  {
    title: "ranges that overlap on the host",
    code: "overlapping-mapping",
    at: "/linux/uidMappings/1",
    bad: user([range(0, 1000, 10), range(10, 1009, 1)]),
    good: user([range(0, 1000, 10), range(10, 1010, 1)]),
  },
  {
    title: "a clock offset of a whole second in nanoseconds",
    code: "out-of-range",
    at: "/linux/timeOffsets/boottime/nanosecs",
    bad: linux({ namespaces: namespaces("time"), timeOffsets: { boottime: { nanosecs: 1e9 } } }),
    good: linux({ namespaces: namespaces("time"), timeOffsets: { monotonic: { secs: -1, nanosecs: 999999999 } } }),
  },
  {
    title: "a device of unknown type",
    code: "bad-value",
    at: "/linux/devices/0/type",
    bad: linux({ devices: [{ ...nul, type: "a" }] }),
    good: linux({ devices: [nul] }),
  },
  {
    title: "a device without minor",
    code: "missing-key",
    at: "/linux/devices/0",
    bad: linux({ devices: [{ type: "b", path: "/dev/a", major: 8 }] }),
    good: linux({ devices: [{ type: "p", path: "/dev/a" }] }),
  },
  {
    title: "a device on a relative path",
    code: "relative-path",
    at: "/linux/devices/0/path",
    bad: linux({ devices: [{ ...nul, path: "null" }] }),
    good: linux({ devices: [{ ...nul, uid: 1, gid: 1 }] }),
  },
  {
    title: "a device mode beyond permissions",
    code: "out-of-range",
    at: "/linux/devices/0/fileMode",
    bad: linux({ devices: [{ ...nul, fileMode: 512 }] }),
    good: linux({ devices: [{ ...nul, fileMode: 438 }] }),
  },
  {
    title: "two devices on one path",
    code: "duplicate-device",
    at: "/linux/devices/1",
    bad: linux({ devices: [nul, { ...nul, minor: 5 }] }),
    good: linux({ devices: [nul, { ...nul, path: "/dev/zero", minor: 5 }] }),
  },
  {
    title: "one device on two paths",
    code: "duplicate-device",
    at: "/linux/devices/1",
    bad: linux({ devices: [nul, { ...nul, type: "u", path: "/dev/nul" }] }),
    good: linux({ devices: [nul, { ...nul, type: "b", path: "/dev/nul" }] }),
  },
  {
    title: "a network interface name with a slash",
    code: "bad-value",
    at: "/linux/netDevices/eth0/name",
    bad: linux({ namespaces: namespaces("network"), netDevices: { eth0: { name: "a/b" } } }),
    good: linux({ namespaces: namespaces("network"), netDevices: { eth0: { name: "fifteen-letters" }, eth1: {} } }),
  },
  {
    title: "a network interface key that is too long",
    code: "bad-value",
    at: "/linux/netDevices/sixteen-letters-",
    bad: linux({ namespaces: namespaces("network"), netDevices: { "sixteen-letters-": {} } }),
    good: linux({ namespaces: namespaces("network"), netDevices: {} }),
  },
  {
    title: "a masked path that is relative",
    code: "relative-path",
    at: "/linux/maskedPaths/0",
    bad: linux({ maskedPaths: ["proc/kcore"] }),
    good: linux({ maskedPaths: ["/proc/kcore"] }),
  },
  {
    title: "a read-only path that is relative",
    code: "relative-path",
    at: "/linux/readonlyPaths/0",
    bad: linux({ readonlyPaths: ["proc"] }),
    good: linux({ readonlyPaths: ["/proc"], cgroupsPath: "relative/is/fine" }),
  },
  {
    title: "a propagation with its recursive letter",
    code: "bad-value",
    at: "/linux/rootfsPropagation",
    bad: linux({ rootfsPropagation: "rslave" }),
    good: linux({ rootfsPropagation: "slave" }),
  },
  {
    title: "a cache class that leaves its directory",
    code: "bad-value",
    at: "/linux/intelRdt/closID",
    bad: linux({ intelRdt: { closID: ".." } }),
    good: linux({ intelRdt: { closID: "a", schemata: ["L3:0=f"], memBwSchema: "MB:0=10" } }),
  },
  {
    title: "a bandwidth without MB",
    code: "bad-value",
    at: "/linux/intelRdt/memBwSchema",
    bad: linux({ intelRdt: { memBwSchema: "L3:0=10" } }),
    good: linux({ intelRdt: { l3CacheSchema: "L3:0=10", enableMonitoring: true } }),
  },
  {
    title: "a cache schema without L3",
    code: "odd-value",
    at: "/linux/intelRdt/l3CacheSchema",
    bad: linux({ intelRdt: { l3CacheSchema: "0=10" } }),
    good: linux({ intelRdt: { closID: "/", l3CacheSchema: "L3:0=10" } }),
  },
  {
    title: "cache monitoring of old",
    code: "deprecated-key",
    at: "/linux/intelRdt/enableCMT",
    bad: linux({ intelRdt: { enableCMT: true } }),
    good: linux({ intelRdt: { enableMonitoring: false } }),
  },
  {
    title: "an unknown memory policy",
    code: "bad-value",
    at: "/linux/memoryPolicy/mode",
    bad: linux({ memoryPolicy: { mode: "bind" } }),
    good: linux({ memoryPolicy: { mode: "MPOL_BIND", nodes: "0-1", flags: ["MPOL_F_STATIC_NODES"] } }),
  },
  {
    title: "an unknown memory policy flag",
    code: "bad-value",
    at: "/linux/memoryPolicy/flags/0",
    bad: linux({ memoryPolicy: { mode: "MPOL_LOCAL", flags: ["STATIC"] } }),
    good: linux({ memoryPolicy: { mode: "MPOL_LOCAL" } }),
  },
  {
    title: "an unknown execution domain",
    code: "bad-value",
    at: "/linux/personality/domain",
    bad: linux({ personality: { domain: "LINUX64" } }),
    good: linux({ personality: { domain: "LINUX32", flags: [] } }),
  },
  {
    title: "a personality flag",
    code: "bad-value",
    at: "/linux/personality/flags",
    bad: linux({ personality: { domain: "LINUX", flags: ["x"] } }),
    good: linux({ personality: { domain: "LINUX" } }),
  },
];
