import type { JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { cgroupControl } from "../../../src/policy/rules/cgroup-control.ts";
import { cgroupPlacement } from "../../../src/policy/rules/cgroup-placement.ts";
import { cpuLimit } from "../../../src/policy/rules/cpu-limit.ts";
import { cpuSet } from "../../../src/policy/rules/cpu-set.ts";
import { memoryLimit } from "../../../src/policy/rules/memory-limit.ts";
import { oomScore } from "../../../src/policy/rules/oom-score.ts";
import { pidsLimit } from "../../../src/policy/rules/pids-limit.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, type Given, judge, missing, unable, valueIn, verdict } from "../fake-answers.ts";
import { mountLines } from "../mount-lines.ts";

const cgroup = "host cgroup";
const processes = "cell call execute /.cupel/processes";
const memory = "cell call execute /.cupel/memory";
const processor = "cell call execute /.cupel/processor-time";

/** What the host saw of a living cell. */
function seen(files: JsonObject, paths: JsonObject = { pids: ["/cupel/1"] }): string {
  return JSON.stringify({ processes: 2, paths, files });
}

const resources = (given: JsonObject): Config => configWith({ linux: { resources: given } });
const exit = (status: number): Given[string] => ({ ended: { exit: status } });

test("the cell's processes are all in the named cgroup, or below it", () => {
  const config = configWith({ linux: { cgroupsPath: "/cupel/1/" } });
  assert.equal(valueIn(cgroupPlacement, config, "cgroup"), { path: "/cupel/1" });
  const at = (paths: JsonObject): Given => ({ [cgroup]: seen({}, paths) });
  assert.is(verdict(cgroupPlacement, config, "cgroup", at({ pids: ["/cupel/1"], memory: ["/cupel/1/init"] })), "holds");
  assert.equal(judge(cgroupPlacement, config, "cgroup", at({ pids: ["/cupel/1"], memory: ["/"] })), {
    is: "violated",
    seen: { elsewhere: { memory: ["/"] } },
  });
  assert.is(verdict(cgroupPlacement, config, "cgroup", at({ pids: ["/cupel/12"] })), "violated");
});

test("version 2 counts where it is alone, and not beside the controllers of version 1", () => {
  const config = configWith({ linux: { cgroupsPath: "/cupel/1" } });
  const at = (paths: JsonObject): Given => ({ [cgroup]: seen({}, paths) });
  assert.is(verdict(cgroupPlacement, config, "cgroup", at({ unified: ["/"], pids: ["/cupel/1"] })), "holds");
  assert.is(verdict(cgroupPlacement, config, "cgroup", at({ unified: ["/"] })), "violated");
  assert.is(verdict(cgroupPlacement, config, "cgroup", at({})), "not-observable");
});

test("a relative cgroup path ends the one that the runtime chooses, and none is asked about nothing", () => {
  const config = configWith({ linux: { cgroupsPath: "builds/1" } });
  assert.is(verdict(cgroupPlacement, config, "cgroup", { [cgroup]: seen({}, { pids: ["/user/builds/1"] }) }), "holds");
  assert.is(
    verdict(cgroupPlacement, config, "cgroup", { [cgroup]: seen({}, { pids: ["/user/builds/2"] }) }),
    "violated",
  );
  assert.is(valueIn(cgroupPlacement, configWith(), "cgroup"), "chosen-by-the-runtime");
  assert.equal(asked(cgroupPlacement, configWith(), "cgroup"), []);
});

test("that no process of a cell was found is an error: it waits to be looked at", () => {
  const empty = JSON.stringify({ processes: 0, paths: {}, files: { "pids.max": "20\n" } });
  const config = configWith({ linux: { cgroupsPath: "/cupel/1", resources: { pids: { limit: 1000 } } } });
  for (const rule of [cgroupPlacement, pidsLimit]) {
    const [subject = ""] = rule.promises(config).map((promised) => promised.subject);
    for (const answer of [empty, "no JSON", missing]) {
      assert.is(verdict(rule, config, subject, { [cgroup]: answer }), "broken");
    }
    assert.is(verdict(rule, config, subject, { [cgroup]: unable }), "not-observable");
  }
});

test("a cell in the root of a hierarchy is not limited, whether or not there are files that say so", () => {
  const config = resources({ pids: { limit: 1000 }, memory: { limit: 2 ** 30 }, cpu: { quota: 200_000, shares: 512 } });
  const limits = [
    [pidsLimit, "pids", "pids"],
    [memoryLimit, "memory", "memory"],
    [cpuLimit, "cpu", "cpu:quota"],
    [cpuLimit, "cpu", "cpu:shares"],
  ] as const;
  for (const [rule, controller, subject] of limits) {
    const at = (paths: JsonObject): string => verdict(rule, config, subject, { [cgroup]: seen({}, paths) });
    assert.is(at({ [controller]: ["/"], unified: ["/"] }), "violated");
    assert.is(at({ unified: ["/"] }), "violated");
    assert.is(at({ unified: ["/cupel/1"] }), "not-observable");
    // Version 2 beside other controllers of version 1 may not have this one.
    assert.is(at({ "name=systemd": ["/"], unified: ["/"] }), "not-observable");
  }
});

test("a small limit on processes is reached: the kernel refuses one and counts that", () => {
  const config = resources({ pids: { limit: 64 } });
  const given = (max: string, events: string, end: Given[string]): Given => ({
    [cgroup]: seen({ "pids.max": max, "pids.events": events }),
    [processes]: end,
  });
  assert.equal(judge(pidsLimit, config, "pids", given("64\n", "max 1\n", exit(11))), {
    is: "holds",
    seen: { limit: 64, made: "refused" },
  });
  assert.is(verdict(pidsLimit, config, "pids", given("max\n", "max 0\n", exit(0))), "violated");
  assert.is(verdict(pidsLimit, config, "pids", given("65\n", "max 1\n", exit(11))), "violated");
  assert.is(verdict(pidsLimit, config, "pids", given("64\n", "max 0\n", exit(0))), "violated");
  assert.is(verdict(pidsLimit, config, "pids", given("64\n", "max 0\n", exit(11))), "not-observable");
  assert.is(verdict(pidsLimit, config, "pids", given("64\n", "max 1\n", -13)), "not-observable");
});

test("a great limit on processes is only read, and none is asked about nothing", () => {
  const config = resources({ pids: { limit: 32768 } });
  assert.equal(asked(pidsLimit, config, "pids"), [cgroup]);
  assert.is(verdict(pidsLimit, config, "pids", { [cgroup]: seen({ "pids.max": "32768\n" }) }), "holds");
  assert.is(verdict(pidsLimit, config, "pids", { [cgroup]: seen({ "pids.max": "4096\n" }) }), "violated");
  assert.is(verdict(pidsLimit, config, "pids", { [cgroup]: seen({}) }), "not-observable");
  for (const limit of [0, -1]) assert.is(valueIn(pidsLimit, resources({ pids: { limit } }), "pids"), "unlimited");
  assert.equal(asked(pidsLimit, configWith(), "pids"), []);
});

test("a small limit on memory is reached: the kernel counts that it refused some", () => {
  const config = resources({ memory: { limit: 33_554_432 } });
  const given = (limit: string, hits: string, end: Given[string]): Given => ({
    [cgroup]: seen({ "memory.limit_in_bytes": limit, "memory.failcnt": hits }),
    [memory]: end,
  });
  const killed = { ended: { signal: 9 } };
  assert.is(verdict(memoryLimit, config, "memory", given("33554432\n", "7\n", killed)), "holds");
  assert.is(verdict(memoryLimit, config, "memory", given("33554432\n", "7\n", exit(0))), "holds");
  assert.is(verdict(memoryLimit, config, "memory", given("33554432\n", "0\n", exit(0))), "violated");
  assert.is(verdict(memoryLimit, config, "memory", given("9223372036854771712\n", "0\n", exit(0))), "violated");
  assert.is(verdict(memoryLimit, config, "memory", given("67108864\n", "7\n", killed)), "violated");
  assert.is(verdict(memoryLimit, config, "memory", given("33554432\n", "0\n", killed)), "not-observable");
});

test("the kernel rounds a limit on memory down to pages; version 2 says max where there is none", () => {
  const config = resources({ memory: { limit: 1_000_000_001 } });
  assert.is(verdict(memoryLimit, config, "memory", { [cgroup]: seen({ "memory.max": "999997440\n" }) }), "holds");
  assert.is(verdict(memoryLimit, config, "memory", { [cgroup]: seen({ "memory.max": "1000001536\n" }) }), "violated");
  assert.is(verdict(memoryLimit, config, "memory", { [cgroup]: seen({ "memory.max": "max\n" }) }), "violated");
  for (const limit of [0, -1, 2n ** 63n - 1n]) {
    assert.is(valueIn(memoryLimit, resources({ memory: { limit } }), "memory"), "unlimited");
  }
});

test("what a cell uses is counted against a small quota", () => {
  const config = resources({ cpu: { quota: 20_000 } });
  assert.equal(valueIn(cpuLimit, config, "cpu:quota"), { quota: 20_000, period: 100_000 });
  const given = (quota: string, periods: number, end: Given[string] = exit(0)): Given => ({
    [cgroup]: seen({
      "cpu.cfs_quota_us": `${quota}\n`,
      "cpu.cfs_period_us": "100000\n",
      "cpu.stat": `nr_periods ${periods}\nnr_throttled 0\n`,
    }),
    [processor]: end,
  });
  assert.is(verdict(cpuLimit, config, "cpu:quota", given("20000", 3)), "holds");
  assert.is(verdict(cpuLimit, config, "cpu:quota", given("-1", 0)), "violated");
  assert.is(verdict(cpuLimit, config, "cpu:quota", given("30000", 3)), "violated");
  assert.is(verdict(cpuLimit, config, "cpu:quota", given("20000", 0)), "not-observable");
  assert.is(verdict(cpuLimit, config, "cpu:quota", given("20000", 3, exit(1))), "not-observable");
});

test("a great quota is only read, also in the form of version 2", () => {
  const config = resources({ cpu: { quota: 200_000, period: 100_000 } });
  assert.equal(asked(cpuLimit, config, "cpu:quota"), [cgroup]);
  assert.is(verdict(cpuLimit, config, "cpu:quota", { [cgroup]: seen({ "cpu.max": "200000 100000\n" }) }), "holds");
  assert.is(verdict(cpuLimit, config, "cpu:quota", { [cgroup]: seen({ "cpu.max": "max 100000\n" }) }), "violated");
  assert.is(verdict(cpuLimit, config, "cpu:quota", { [cgroup]: seen({}) }), "not-observable");
});

test("shares are kept between 2 and 262144, and are a weight in version 2", () => {
  const config = resources({ cpu: { shares: 512 } });
  assert.is(valueIn(cpuLimit, resources({ cpu: { shares: 1 } }), "cpu:shares"), 2);
  assert.is(valueIn(cpuLimit, resources({ cpu: { shares: 2n ** 63n } }), "cpu:shares"), 262_144);
  assert.is(verdict(cpuLimit, config, "cpu:shares", { [cgroup]: seen({ "cpu.shares": "512\n" }) }), "holds");
  assert.is(verdict(cpuLimit, config, "cpu:shares", { [cgroup]: seen({ "cpu.shares": "1024\n" }) }), "violated");
  assert.is(verdict(cpuLimit, config, "cpu:shares", { [cgroup]: seen({ "cpu.weight": "20\n" }) }), "holds");
  assert.is(verdict(cpuLimit, config, "cpu:shares", { [cgroup]: seen({ "cpu.weight": "100\n" }) }), "violated");
});

test("no limit is weaker than any, and a greater part of the time than a smaller", () => {
  assert.is(pidsLimit.compare(64, "unlimited"), "weaker");
  assert.is(memoryLimit.compare("unlimited", 2n ** 40n), "stronger");
  assert.is(cpuLimit.compare({ quota: 1, period: 10 }, { quota: 1, period: 5 }), "weaker");
  assert.is(cpuLimit.compare({ quota: 1, period: 10 }, { quota: 2, period: 20 }), "different");
  assert.is(cpuLimit.compare({ quota: 1, period: 10 }, "unlimited"), "weaker");
  assert.is(cpuLimit.compare(2, 1024), "weaker");
});

test("a processor set is the kernel's own list, or the host's where the config has none", () => {
  const config = resources({ cpu: { cpus: "3,0-1, 2,7", mems: "0" } });
  assert.is(valueIn(cpuSet, config, "cpus"), "0-3,7");
  const status = (cpus: string): string => `Pid:\t1\nCpus_allowed_list:\t${cpus}\nMems_allowed_list:\t0\n`;
  assert.is(verdict(cpuSet, config, "cpus", { "cell status": status("0-3,7") }), "holds");
  assert.is(verdict(cpuSet, config, "cpus", { "cell status": status("0-7") }), "violated");
  assert.is(verdict(cpuSet, config, "memory-nodes", { "cell status": status("0-7") }), "holds");
  assert.is(verdict(cpuSet, config, "cpus", { "cell status": "Pid:\t1\n" }), "not-observable");
  const both = (cell: string, host: string): Given => ({
    "cell status": status(cell),
    "host read /proc/self/status": status(host),
  });
  assert.is(verdict(cpuSet, configWith(), "cpus", both("0-1", "0-1")), "holds");
  assert.is(verdict(cpuSet, configWith(), "cpus", both("0", "0-1")), "violated");
});

test("where a process stands for the cell on the host, its processors and its score count", () => {
  const more = { standIns: ["status", "oom_score_adj"] } as const;
  const set = resources({ cpu: { cpus: "0" } });
  const cpus = (list: string): string =>
    judge(cpuSet, set, "cpus", { "host stand-in status": `Pid:\t1\nCpus_allowed_list:\t${list}\n` }, more).is;
  assert.is(cpus("0"), "holds");
  assert.is(cpus("0-1"), "violated");
  const config = configWith({ process: { oomScoreAdj: 100 } });
  const score = (text: Given[string]): string =>
    judge(oomScore, config, "oom-score-adj", { "host stand-in oom_score_adj": text }, more).is;
  assert.is(score("100\n"), "holds");
  assert.is(score("0\n"), "violated");
  assert.is(score(missing), "not-observable");
});

test("the out-of-memory score is the configured one, or the caller's", () => {
  const path = "/proc/self/oom_score_adj";
  const config = configWith({ process: { oomScoreAdj: 100 } });
  assert.is(verdict(oomScore, config, "oom-score-adj", { [`cell read ${path}`]: "100\n" }), "holds");
  assert.is(verdict(oomScore, config, "oom-score-adj", { [`cell read ${path}`]: "0\n" }), "violated");
  assert.is(verdict(oomScore, config, "oom-score-adj", { [`cell read ${path}`]: missing }), "not-observable");
  const both = (cell: string, host: string): Given => ({ [`cell read ${path}`]: cell, [`host read ${path}`]: host });
  assert.is(verdict(oomScore, configWith(), "oom-score-adj", both("-17\n", "-17\n")), "holds");
  assert.is(verdict(oomScore, configWith(), "oom-score-adj", both("500\n", "0\n")), "violated");
  assert.is(verdict(oomScore, configWith(), "oom-score-adj", both("500\n", "")), "broken");
});

const first = "cell call open-write /sys/fs/cgroup/pids/cgroup.procs";
const second = "cell call open-write /sys/fs/cgroup/cgroup.procs";
const controlled = (options: readonly string[]): Config =>
  configWith({ mounts: [{ destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup", options }] });

test("a cgroup that is mounted read-only cannot be opened for writing, whatever its version", () => {
  const config = controlled(["ro"]);
  const mounts = mountLines(["/sys/fs/cgroup", "ro", "tmpfs"], ["/sys/fs/cgroup/pids", "ro,nosuid", "cgroup"]);
  const given = (one: number, two: number): Given => ({ [first]: one, [second]: two, "cell mounts": mounts });
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(-30, -2)), "holds");
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(-2, -30)), "holds");
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(3, -2)), "violated");
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(-13, -2)), "holds");
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(-2, -2)), "not-observable");
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(-5, -2)), "not-observable");
});

test("a cell without any cgroup file system cannot change its cgroup", () => {
  const given: Given = { [first]: -2, [second]: -2, "cell mounts": mountLines(["/sys", "ro", "sysfs"]) };
  assert.is(verdict(cgroupControl, controlled(["ro"]), "cgroup-control", given), "holds");
  assert.is(verdict(cgroupControl, controlled(["rw"]), "cgroup-control", given), "not-observable");
  const unknown = { ...given, "cell mounts": missing };
  assert.is(verdict(cgroupControl, controlled(["ro"]), "cgroup-control", unknown), "not-observable");
});

test("one that is mounted writable opens, and permissions leave the last word to the mount table", () => {
  const config = controlled(["rw"]);
  const given = (one: number, options: string): Given => ({
    [first]: one,
    [second]: -2,
    "cell mounts": mountLines(["/sys/fs/cgroup/pids", options, "cgroup"]),
  });
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(3, "rw")), "holds");
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(-30, "ro")), "violated");
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(-13, "rw")), "holds");
  assert.is(verdict(cgroupControl, config, "cgroup-control", given(-13, "ro")), "violated");
});

test("without a mount of its own the cgroup is not there, or what a mount above shows of it", () => {
  const bind = { destination: "/sys", type: "none", source: "/sys", options: ["rbind", "ro"] };
  assert.is(valueIn(cgroupControl, configWith(), "cgroup-control"), "not-mounted");
  assert.is(valueIn(cgroupControl, configWith({ mounts: [bind] }), "cgroup-control"), "by-mount");
  assert.equal(asked(cgroupControl, configWith(), "cgroup-control"), []);
});
