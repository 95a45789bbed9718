/** What concerns several parts. */
import type { Json } from "../../../src/json/value.ts";
import type { Row } from "./row.ts";

const ranges = [{ containerID: 0, hostID: 100000, size: 65536 }];
const within = (types: readonly string[], part: Json, linux: { [key: string]: Json } = {}): Json => ({
  ...(part as object),
  linux: { namespaces: types.map((type) => ({ type })), ...linux },
});
const mapped = (uid: Json): Json =>
  within(["user"], { process: { user: { uid } } }, { uidMappings: ranges, gidMappings: ranges });
const sysctl = (types: readonly string[], name: string): Json => within(types, {}, { sysctl: { [name]: "1" } });

export const acrossRows: readonly Row[] = [
  {
    title: "a host name for the host",
    code: "hostname-without-uts",
    at: "/hostname",
    bad: { hostname: "h" },
    good: within(["uts"], { hostname: "h" }),
  },
  {
    title: "a domain name for the host",
    code: "hostname-without-uts",
    at: "/domainname",
    bad: { domainname: "d" },
    good: within(["uts"], { domainname: "d" }),
  },
  {
    title: "a user namespace without uids",
    code: "user-namespace-without-mappings",
    at: "/linux",
    bad: within(["user"], {}, { gidMappings: ranges }),
    good: within(["user"], {}, { uidMappings: ranges, gidMappings: ranges }),
  },
  {
    title: "a user namespace with an empty list of gids",
    code: "user-namespace-without-mappings",
    at: "/linux",
    bad: within(["user"], {}, { uidMappings: ranges, gidMappings: [] }),
    good: { linux: { namespaces: [{ type: "user", path: "/n" }] } },
  },
  {
    title: "mappings for the host",
    code: "mappings-without-user-namespace",
    at: "/linux/uidMappings",
    bad: within([], {}, { uidMappings: ranges }),
    good: within([], {}, { uidMappings: [] }),
  },
  {
    title: "a uid behind the last mapped one",
    code: "unmapped-user",
    at: "/process/user/uid",
    bad: mapped(65536),
    good: mapped(65535),
  },
  {
    title: "clock offsets for the host",
    code: "time-offsets-without-time",
    at: "/linux/timeOffsets",
    bad: within(["mount"], {}, { timeOffsets: {} }),
    good: within(["time"], {}, { timeOffsets: {} }),
  },
  {
    title: "interfaces moved nowhere",
    code: "net-devices-without-network",
    at: "/linux/netDevices",
    bad: within(["mount"], {}, { netDevices: {} }),
    good: within(["network"], {}, { netDevices: {} }),
  },
  {
    title: "a network sysctl of the host",
    code: "sysctl-of-host",
    at: "/linux/sysctl/net.ipv4.ip_forward",
    bad: sysctl(["ipc"], "net.ipv4.ip_forward"),
    good: sysctl(["network"], "net.ipv4.ip_forward"),
  },
  {
    title: "a sysctl with slashes",
    code: "sysctl-of-host",
    at: "/linux/sysctl/kernel~1shmmax",
    bad: sysctl(["network"], "kernel/shmmax"),
    good: sysctl(["ipc"], "kernel/shmmax"),
  },
  {
    title: "a sysctl that no namespace holds",
    code: "sysctl-of-host",
    at: "/linux/sysctl/vm.swappiness",
    bad: sysctl(["ipc", "network", "uts"], "vm.swappiness"),
    good: sysctl(["uts"], "kernel.domainname"),
  },
  {
    title: "a sysctl without a name",
    code: "bad-value",
    at: "/linux/sysctl/",
    bad: { linux: { sysctl: { "": "1" } } },
    good: { linux: { sysctl: {} } },
  },
];
