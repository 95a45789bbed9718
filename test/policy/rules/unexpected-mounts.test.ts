import { unexpectedMounts } from "../../../src/policy/rules/unexpected-mounts.ts";
import { assert, test } from "../../suite.ts";
import { configWith, judge, missing, valueIn, verdict } from "../fake-answers.ts";
import { mountLines } from "../mount-lines.ts";

const config = configWith({
  mounts: [
    { destination: "/proc", type: "proc", source: "proc" },
    { destination: "/tmp/", type: "tmpfs", source: "tmpfs" },
    { destination: "/in", source: "in", options: ["rbind"] },
    { destination: "/one", source: "one", options: ["bind"] },
    { destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup" },
  ],
  linux: { maskedPaths: ["/proc/kcore"], readonlyPaths: ["/proc/sys"] },
});
const is = (...points: readonly string[]): string =>
  verdict(unexpectedMounts, config, "mount-points", {
    "cell mounts": mountLines(...points.map((each) => [each] as const)),
  });

test("what the config mounts, masks and protects may be there", () => {
  assert.equal(valueIn(unexpectedMounts, config, "mount-points"), {
    at: ["/in", "/one", "/proc", "/proc/kcore", "/proc/sys", "/sys/fs/cgroup", "/tmp"],
    below: ["/in", "/sys/fs/cgroup"],
  });
  assert.is(is("/proc", "/tmp", "/in", "/one", "/proc/kcore", "/proc/sys"), "holds");
});

test("what the specification adds may be there", () => {
  assert.is(is("/dev/null", "/dev/tty"), "holds");
  const usual = { "/sys": "sysfs", "/dev/pts": "devpts", "/dev/shm": "tmpfs" };
  for (const [point, type] of Object.entries(usual)) {
    const text = mountLines([point, "rw", type]);
    const judged = (mounts: string): string =>
      verdict(unexpectedMounts, config, "mount-points", { "cell mounts": mounts });
    assert.is(judged(text), "holds");
    assert.is(judged(text.replace(` / ${point} `, ` /part ${point} `)), "violated");
    assert.is(is(point), "violated");
  }
});

test("anything may be below a recursive bind and a cgroup file system, nothing below a plain bind", () => {
  assert.is(is("/in/deep/er", "/sys/fs/cgroup/pids"), "holds");
  assert.is(is("/one/deep"), "violated");
  assert.is(is("/indeed"), "violated");
});

test("a mount that nobody asked for is named", () => {
  assert.equal(judge(unexpectedMounts, config, "mount-points", { "cell mounts": mountLines(["/mnt"], ["/run"]) }), {
    is: "violated",
    seen: { unexpected: ["/mnt", "/run"] },
  });
});

test("the console belongs to a terminal", () => {
  const terminal = configWith({ process: { terminal: true } });
  const table = { "cell mounts": mountLines(["/dev/console"]) };
  assert.is(verdict(unexpectedMounts, terminal, "mount-points", table), "holds");
  assert.is(verdict(unexpectedMounts, configWith(), "mount-points", table), "violated");
});

test("a table that is not shown tells nothing", () => {
  assert.is(verdict(unexpectedMounts, config, "mount-points", { "cell mounts": missing }), "not-observable");
});

test("one mount point more is weaker", () => {
  const value = { at: ["/a"], below: [] };
  assert.is(unexpectedMounts.compare(value, { at: ["/a", "/b"], below: [] }), "weaker");
  assert.is(unexpectedMounts.compare(value, { at: ["/a"], below: ["/a"] }), "weaker");
  assert.is(unexpectedMounts.compare(value, { at: [], below: ["/a"] }), "different");
});
