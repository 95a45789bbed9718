import type { Json, JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { mounts } from "../../../src/policy/rules/mounts.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, judge, missing, valueIn, verdict } from "../fake-answers.ts";
import { type MountLine, mountLines } from "../mount-lines.ts";

function configOf(...list: readonly JsonObject[]): Config {
  return configWith({ mounts: list });
}

const tmp = (...options: readonly string[]): JsonObject => ({
  destination: "/tmp",
  type: "tmpfs",
  source: "tmpfs",
  options,
});
const bind = (destination: string, source: string, ...options: readonly string[]): JsonObject => ({
  destination,
  type: "none",
  source,
  options: ["rbind", ...options],
});
const value = (...options: readonly string[]): Json => valueIn(mounts, configOf(tmp(...options)), "mount:/tmp");

test("flags are those that must be in force, the last word winning", () => {
  assert.equal(value("nosuid", "nodev", "dev", "noexec"), { type: "tmpfs", flags: ["noexec", "nosuid", "rw"] });
  assert.equal(value("ro", "rw"), { type: "tmpfs", flags: ["rw"] });
  assert.equal(value("rw", "ro"), { type: "tmpfs", flags: ["ro"] });
  assert.equal(value("relatime", "strictatime"), { type: "tmpfs", flags: ["rw", "strictatime"] });
  assert.equal(value("atime", "private"), { type: "tmpfs", flags: ["rw"] });
});

test("sizes are bytes and modes octal text, a share of the memory is left out", () => {
  assert.equal(value("size=65536k", "mode=0700"), { type: "tmpfs", flags: ["rw"], size: 67108864, mode: "700" });
  assert.equal(value("size=1G"), { type: "tmpfs", flags: ["rw"], size: 1073741824 });
  assert.equal(value("size=50%"), { type: "tmpfs", flags: ["rw"] });
});

test("a bind says rw or ro only where it is told to, and data means nothing to it", () => {
  const of = (...options: readonly string[]): Json =>
    valueIn(mounts, configOf(bind("/a", "a", ...options)), "mount:/a");
  assert.equal(of(), { type: "bind", flags: [] });
  assert.equal(of("rw"), { type: "bind", flags: ["rw"] });
  assert.equal(of("ro", "nosuid", "size=1k"), { type: "bind", flags: ["nosuid", "ro"] });
});

test("the last mount on a destination counts, however it is spelt", () => {
  const config = configOf(tmp("ro"), { ...tmp("noexec"), destination: "/x/..//tmp/" });
  assert.equal(
    mounts.promises(config).map(({ subject, at }) => [subject, at]),
    [["mount:/tmp", "/mounts/1"]],
  );
});

test("a mount below a later one is hidden, as is one on or below a masked path", () => {
  const over = configOf(bind("/a/b", "b"), bind("/a", "a"));
  assert.is(valueIn(mounts, over, "mount:/a/b"), "hidden");
  assert.equal(asked(mounts, over, "mount:/a/b"), []);
  assert.is.not(valueIn(mounts, configOf(bind("/a", "a"), bind("/a/b", "b")), "mount:/a/b"), "hidden");
  assert.is.not(valueIn(mounts, configOf(bind("/a/b", "b"), bind("/a/bc", "a")), "mount:/a/b"), "hidden");
  const masked = configWith({ mounts: [bind("/m/a", "b")], linux: { maskedPaths: ["/m"] } });
  assert.is(valueIn(mounts, masked, "mount:/m/a"), "hidden");
});

test("a read-only path on a destination makes its mount read-only", () => {
  const config = configWith({ mounts: [bind("/m", "b", "rw")], linux: { readonlyPaths: ["/m"] } });
  assert.equal(valueIn(mounts, config, "mount:/m"), { type: "bind", flags: ["ro"] });
});

const shm = configOf(tmp("nosuid", "nodev", "size=64k"));
const table = (...line: readonly MountLine[]): { [line: string]: string } => ({
  "cell mounts": mountLines(...line),
});

test("a mount holds with its flags in force; more of them do no harm", () => {
  assert.is(verdict(mounts, shm, "mount:/tmp", table(["/tmp", "rw,nosuid,nodev", "tmpfs", "rw,size=64k"])), "holds");
  const more = table(["/tmp", "rw,nosuid,nodev,noexec,relatime", "tmpfs", "rw,size=64k"]);
  assert.is(verdict(mounts, shm, "mount:/tmp", more), "holds");
});

test("what is wrong is named", () => {
  const seen = judge(mounts, shm, "mount:/tmp", table(["/tmp", "ro,nosuid", "ramfs", "rw"]));
  assert.equal(seen, {
    is: "violated",
    seen: {
      type: "ramfs",
      options: ["ro", "nosuid"],
      superOptions: ["rw"],
      wrong: ["type ramfs", "not nodev", "not rw", "size not limited"],
    },
  });
});

test("no mount, or a hidden one, is a violation", () => {
  assert.is(verdict(mounts, shm, "mount:/tmp", table(["/dev"])), "violated");
  const config = configOf(bind("/a/b", "b"));
  assert.is(verdict(mounts, config, "mount:/a/b", table(["/a"], ["/a/b"])), "holds");
  assert.is(verdict(mounts, config, "mount:/a/b", table(["/a/b"], ["/a"])), "violated");
});

test("a stacked mount is judged by its top", () => {
  const good: [string, string, string, string] = ["/tmp", "rw,nosuid,nodev", "tmpfs", "rw,size=64k"];
  assert.is(verdict(mounts, shm, "mount:/tmp", table(["/tmp"], good)), "holds");
  assert.is(verdict(mounts, shm, "mount:/tmp", table(good, ["/tmp"])), "violated");
});

test("a size counts in pages", () => {
  const odd = configOf(tmp("size=1000"));
  assert.is(verdict(mounts, odd, "mount:/tmp", table(["/tmp", "rw", "tmpfs", "rw,size=4k"])), "holds");
  assert.is(verdict(mounts, odd, "mount:/tmp", table(["/tmp", "rw", "tmpfs", "rw,size=400k"])), "violated");
  assert.is(verdict(mounts, shm, "mount:/tmp", table(["/tmp", "rw,nosuid,nodev", "tmpfs", "rw,size=32k"])), "violated");
});

test("a read-only file system counts as a read-only mount", () => {
  const config = configOf(tmp("ro"));
  assert.is(verdict(mounts, config, "mount:/tmp", table(["/tmp", "rw", "tmpfs", "ro"])), "holds");
  assert.is(verdict(mounts, config, "mount:/tmp", table(["/tmp", "ro", "tmpfs", "rw"])), "holds");
  assert.is(verdict(mounts, config, "mount:/tmp", table(["/tmp", "rw", "tmpfs", "rw"])), "violated");
});

test("a file system of the cell's own is a whole one, and not the host's", () => {
  const part = mountLines(["/tmp", "rw,nosuid,nodev", "tmpfs", "rw,size=64k"]).replace(" / /tmp ", " /shared /tmp ");
  assert.is(verdict(mounts, shm, "mount:/tmp", { "cell mounts": part }), "violated");
  for (const [type, namespace] of [
    ["sysfs", "net"],
    ["mqueue", "ipc"],
  ] as const) {
    const config = configOf({ destination: "/m", type, source: type, options: [] });
    const is = (device: number, own: string): string =>
      verdict(mounts, config, "mount:/m", {
        ...table(["/m", "rw", type]),
        "host stat /m": `dir 755 0 0 ${device} 1 0 0:0`,
        [`cell link /proc/self/ns/${namespace}`]: `${namespace}:[${own}]`,
        [`host link /proc/self/ns/${namespace}`]: `${namespace}:[1]`,
      });
    assert.is(is(3, "7"), "holds");
    assert.is(is(2, "7"), "violated");
    assert.is(is(2, "1"), "holds");
  }
});

test("strictatime is the absence of the other two", () => {
  const config = configOf(tmp("strictatime"));
  assert.is(verdict(mounts, config, "mount:/tmp", table(["/tmp", "rw", "tmpfs"])), "holds");
  assert.is(verdict(mounts, config, "mount:/tmp", table(["/tmp", "rw,relatime", "tmpfs"])), "violated");
});

test("cgroup is a tmpfs on hosts with cgroup v1 and cgroup2 on others", () => {
  const config = configOf({ destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup", options: ["ro"] });
  for (const type of ["tmpfs", "cgroup2", "cgroup"]) {
    assert.is(verdict(mounts, config, "mount:/sys/fs/cgroup", table(["/sys/fs/cgroup", "ro", type])), "holds");
  }
  assert.is(verdict(mounts, config, "mount:/sys/fs/cgroup", table(["/sys/fs/cgroup", "ro", "ext4"])), "violated");
});

test("the mode of a tmpfs is that of its directory", () => {
  const config = configOf(tmp("mode=700"));
  const given = (stat: string | typeof missing): Parameters<typeof verdict>[3] => ({
    ...table(["/tmp", "rw", "tmpfs"]),
    "cell stat /tmp": stat,
  });
  assert.is(verdict(mounts, config, "mount:/tmp", given("dir 700 0 0 5 1 40 0:0")), "holds");
  assert.is(verdict(mounts, config, "mount:/tmp", given("dir 755 0 0 5 1 40 0:0")), "violated");
  assert.is(verdict(mounts, config, "mount:/tmp", given(missing)), "not-observable");
});

test("the modes of devpts are in the table", () => {
  const options = ["newinstance", "ptmxmode=0666", "mode=0620"];
  const config = configOf({ destination: "/dev/pts", type: "devpts", source: "devpts", options });
  const at = (data: string): string =>
    verdict(mounts, config, "mount:/dev/pts", table(["/dev/pts", "rw", "devpts", data]));
  assert.is(at("rw,gid=5,mode=620,ptmxmode=666"), "holds");
  assert.is(at("rw,mode=600,ptmxmode=666"), "violated");
  assert.is(at("rw,mode=620,ptmxmode=000"), "violated");
});

test("a table that is not shown, or is none, tells nothing", () => {
  assert.is(verdict(mounts, shm, "mount:/tmp", { "cell mounts": missing }), "not-observable");
  assert.is(verdict(mounts, shm, "mount:/tmp", { "cell mounts": "" }), "not-observable");
  assert.is(verdict(mounts, shm, "mount:/tmp", { "cell mounts": "no table\n" }), "not-observable");
});

test("mount points with blanks are found", () => {
  const config = configOf(bind("/a b", "b"));
  assert.is(verdict(mounts, config, "mount:/a b", table(["/a b"])), "holds");
});

test("losing a flag, a size or a mode is weaker; another type is different", () => {
  const base = { type: "tmpfs", flags: ["nosuid", "rw"], size: 100, mode: "755" };
  assert.is(mounts.compare(base, { ...base, flags: ["rw"] }), "weaker");
  assert.is(mounts.compare(base, { ...base, flags: ["nodev", "nosuid", "rw"] }), "stronger");
  assert.is(mounts.compare({ ...base, flags: ["ro"] }, { ...base, flags: ["rw"] }), "weaker");
  assert.is(mounts.compare(base, { ...base, size: 101 }), "weaker");
  assert.is(mounts.compare(base, { type: "tmpfs", flags: ["nosuid", "rw"], mode: "755" }), "weaker");
  assert.is(mounts.compare(base, { ...base, mode: "777" }), "weaker");
  assert.is(mounts.compare(base, { ...base, mode: "700" }), "stronger");
  assert.is(mounts.compare(base, { ...base, flags: ["rw"], size: 1 }), "different");
  assert.is(mounts.compare(base, { ...base, type: "proc" }), "different");
  assert.is(mounts.compare({ ...base, flags: ["rw"] }, { ...base, flags: ["noatime", "rw"] }), "different");
});

test("a limit of a policy that names no type is one for every type", () => {
  const readOnly = { flags: ["ro"] };
  assert.is(mounts.compare(readOnly, { type: "sysfs", flags: ["nosuid", "ro"] }), "stronger");
  assert.is(mounts.compare(readOnly, { type: "bind", flags: ["ro"] }), "same");
  assert.is(mounts.compare(readOnly, { type: "sysfs", flags: ["nosuid", "rw"] }), "different");
  assert.is(mounts.compare(readOnly, { type: "tmpfs", flags: ["rw"] }), "weaker");
  for (const none of ["hidden", "absent"]) assert.is(mounts.compare(readOnly, none), "different");
});

test("what a mount table never shows is neither right nor wrong, and hides nothing else that is wrong", () => {
  const never = { unshownMountOptions: ["nosuid", "mode"] };
  const is = (config: Config, ...lines: readonly MountLine[]): Json => {
    const point = config.mounts?.[0]?.destination ?? "";
    return judge(mounts, config, `mount:${point}`, table(...lines), never).is;
  };
  const shown: MountLine = ["/tmp", "rw,nodev", "tmpfs", "rw"];
  assert.is(is(configOf(tmp("nodev")), shown), "holds");
  assert.is(is(configOf(tmp("nosuid", "nodev")), shown), "not-observable");
  assert.is(is(configOf(tmp("nosuid", "nodev", "noexec")), shown), "violated");
  assert.is(is(configOf(tmp("nosuid", "size=1m")), shown), "violated");
  const pts = { destination: "/dev/pts", type: "devpts", source: "devpts", options: ["mode=620"] };
  assert.is(is(configOf(pts), ["/dev/pts", "rw", "devpts", "rw"]), "not-observable");
  assert.is(is(configOf(pts), ["/dev/pts", "rw", "devpts", "rw,mode=600"]), "violated");
});
