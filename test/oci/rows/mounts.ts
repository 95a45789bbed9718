/** The mounts. */
import type { Json } from "../../../src/json/value.ts";
import type { Row } from "./row.ts";

const mounts = (...list: Json[]): Json => ({ mounts: list });
const tmpfs = (destination: string, options: readonly string[] = []): Json => ({ destination, type: "tmpfs", options });
const bind = (part: { [key: string]: Json }): Json => ({
  destination: "/b",
  source: "/src",
  options: ["rbind"],
  ...part,
});
const range = { containerID: 0, hostID: 1000, size: 1 };

export const mountRows: readonly Row[] = [
  {
    title: "a mount without destination",
    code: "missing-key",
    at: "/mounts/0",
    bad: mounts({ type: "tmpfs" }),
    good: mounts(tmpfs("/a")),
  },
  {
    title: "a mount on nothing",
    code: "bad-value",
    at: "/mounts/0/destination",
    bad: mounts(tmpfs("")),
    good: mounts(tmpfs("/")),
  },
  {
    title: "a mount on a relative path",
    code: "relative-destination",
    at: "/mounts/0/destination",
    bad: mounts(tmpfs("a")),
    good: mounts(tmpfs("/a")),
  },
  {
    title: "a mount option that is no string",
    code: "wrong-type",
    at: "/mounts/0/options/0",
    bad: mounts({ destination: "/a", type: "tmpfs", options: [1] }),
    good: mounts(tmpfs("/a", ["size=1"])),
  },
  {
    title: "null for a list",
    code: "wrong-type",
    at: "/mounts/0/options",
    bad: mounts({ destination: "/a", type: "tmpfs", options: null }),
    good: mounts({ destination: "/a", type: "tmpfs" }),
  },
  {
    title: "a bind mount of nothing",
    code: "missing-key",
    at: "/mounts/0",
    bad: mounts({ destination: "/b", options: ["bind"] }),
    good: mounts(bind({ options: ["bind"] })),
  },
  {
    title: "a bind mount of an empty path",
    code: "missing-key",
    at: "/mounts/0",
    bad: mounts(bind({ source: "" })),
    good: mounts(bind({ source: "." })),
  },
  {
    title: "half of the id mappings",
    code: "missing-key",
    at: "/mounts/0",
    bad: mounts(bind({ options: ["rbind", "ridmap"], uidMappings: [range] })),
    good: mounts(bind({ options: ["rbind", "ridmap"], uidMappings: [range], gidMappings: [range] })),
  },
  {
    title: "id mappings that an old runtime passes over",
    code: "mappings-without-idmap",
    at: "/mounts/0",
    bad: mounts(bind({ uidMappings: [range], gidMappings: [range] })),
    good: mounts(bind({ options: ["bind", "idmap"], uidMappings: [range], gidMappings: [range] })),
  },
  {
    title: "neither type nor bind",
    code: "mount-without-type",
    at: "/mounts/0",
    bad: mounts({ destination: "/a", source: "x" }),
    good: mounts(bind({})),
  },
  {
    title: "type bind without the option",
    code: "bind-without-option",
    at: "/mounts/0",
    bad: mounts(bind({ type: "bind", options: ["ro"] })),
    good: mounts(bind({ type: "bind" })),
  },
  {
    title: "a size for a bind mount",
    code: "ineffective-option",
    at: "/mounts/0",
    bad: mounts(bind({ options: ["bind", "size=1m"] })),
    good: mounts(tmpfs("/a", ["size=1m"])),
  },
  {
    title: "read-only and writable",
    code: "contradicting-options",
    at: "/mounts/0",
    bad: mounts(bind({ options: ["rbind", "ro", "rw"] })),
    good: mounts(bind({ options: ["rbind", "rw", "rro"] })),
  },
  {
    title: "dev and nodev",
    code: "contradicting-options",
    at: "/mounts/0",
    bad: mounts(tmpfs("/a", ["dev", "nodev"])),
    good: mounts(tmpfs("/a", ["dev", "nosuid", "nosuid"])),
  },
  {
    title: "two mounts on one path",
    code: "duplicate-mount",
    at: "/mounts/0",
    bad: mounts(tmpfs("/a"), tmpfs("/b"), tmpfs("/x/..//a/.")),
    good: mounts(tmpfs("/a"), tmpfs("/a", ["remount", "ro"])),
  },
  {
    title: "a mount above an earlier one",
    code: "hidden-mount",
    at: "/mounts/0",
    bad: mounts(tmpfs("/a/b"), tmpfs("/a")),
    good: mounts(tmpfs("/a"), tmpfs("/a/b"), tmpfs("/a/bc")),
  },
  {
    title: "a mount on / after others",
    code: "hidden-mount",
    at: "/mounts/0",
    bad: mounts(tmpfs("/a"), tmpfs("/")),
    good: mounts(tmpfs("/"), tmpfs("/a")),
  },
];
