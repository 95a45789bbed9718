import { readFileSync } from "node:fs";
import type { Json } from "../../src/json/value.ts";
import { type Baseline, type BaselineEnvironment, baselineInForce, readBaseline } from "../../src/suite/baseline.ts";
import type { CheckEvent, StaleEvent, Verdict } from "../../src/suite/event.ts";
import { assert, test } from "../suite.ts";
import { refused } from "./refused.ts";

const environment: BaselineEnvironment = {
  runtimes: [
    { name: "runc", version: "1.1.5" },
    { name: "crun", version: "1.8.1" },
  ],
  host: { cgroup: "v2", uid: 0 },
};

function applyBaseline(
  baselines: readonly Baseline[],
  env: BaselineEnvironment,
  checks: readonly CheckEvent[],
  isWhole = true,
): { checks: readonly CheckEvent[]; stale: readonly StaleEvent[] } {
  const baseline = baselineInForce(baselines, env);
  return { checks: checks.map(baseline.mark), stale: baseline.stale(checks, isWhole) };
}

function check(id: string, verdict: Verdict): CheckEvent {
  return { type: "check", id, verdict };
}

/** What one entry makes of the checks: ids that are known, and whether the entry is stale. */
function apply(entry: object, ...checks: readonly CheckEvent[]): { known: readonly string[]; stale: boolean } {
  const text = JSON.stringify({ entries: [{ kind: "runtime-bug", reason: "because", ...entry }] });
  const result = applyBaseline([readBaseline(text, "b.json")], environment, checks);
  assert.equal(
    result.checks.map(({ id }) => id),
    checks.map(({ id }) => id),
  );
  return { known: result.checks.filter((each) => each.known).map(({ id }) => id), stale: result.stale.length > 0 };
}

const red = check("a/b/c#run/mounts[mount:/x]@runc+privileged", "fail");
const green = { ...red, verdict: "pass" } as const;
const skipped = { ...red, verdict: "skip" } as const;

test("a failure that an entry names is known, with kind and reason", () => {
  const text = '{"entries": [{"check": "a/**", "kind": "upstream", "reason": "because"}]}';
  const { checks, stale } = applyBaseline([readBaseline(text, "b.json")], environment, [
    red,
    check("z/b/c#golden", "fail"),
  ]);
  assert.equal(checks, [{ ...red, known: { kind: "upstream", reason: "because" } }, check("z/b/c#golden", "fail")]);
  assert.equal(stale, []);
});

test("an entry is stale when its check ran and passed, and not when it was skipped or did not take part", () => {
  assert.equal(apply({ check: "a/**" }, green), { known: [], stale: true });
  assert.equal(apply({ check: "a/**" }, skipped), { known: [], stale: false });
  assert.equal(apply({ check: "a/**" }), { known: [], stale: false });
  assert.equal(apply({ check: "a/**" }, green, { ...red, id: "a/b/d#golden" }), {
    known: ["a/b/d#golden"],
    stale: false,
  });
});

test("a stale entry is named by file, position and glob", () => {
  const text =
    '{"entries": [{"check": "q", "kind": "upstream", "reason": "r"}, {"check": "a/**", "kind": "upstream", "reason": "r"}]}';
  const { stale } = applyBaseline([readBaseline(text, "baselines/x.json")], environment, [green]);
  assert.equal(stale, [{ type: "stale", file: "baselines/x.json", entry: 1, check: "a/**" }]);
});

test("in a part of a table, an entry for several cases is not stale because the one that needs it is not there", () => {
  const stale = (glob: string, foreign: boolean, isWhole: boolean): number => {
    const text = JSON.stringify({ entries: [{ check: glob, kind: "upstream", reason: "r" }] });
    const baseline = { ...readBaseline(text, "b.json"), foreign };
    return applyBaseline([baseline], environment, [green], isWhole).stale.length;
  };
  assert.is(stale("**#run/mounts[mount:/x]@runc+*", false, true), 1);
  assert.is(stale("**#run/mounts[mount:/x]@runc+*", false, false), 0);
  assert.is(stale("**#run/mounts[mount:/x]@runc+*", true, true), 0);
  assert.is(stale("a/b/c#run/mounts[mount:/x]@runc+*", false, false), 1);
});

test("an error can be known too", () => {
  assert.equal(apply({ check: "a/**" }, { ...red, verdict: "error" }), { known: [red.id], stale: false });
});

test("an entry holds for its runtime alone, in the versions it names", () => {
  const other = { ...red, id: red.id.replace("runc", "crun") };
  assert.equal(apply({ check: "a/**", when: { runtime: "runc" } }, red, other).known, [red.id]);
  assert.equal(apply({ check: "a/**", when: { runtime: "runc", version: "1.1." } }, red).known, [red.id]);
  assert.equal(apply({ check: "a/**", when: { runtime: "runc", version: "1.2." } }, red).known, []);
  assert.equal(apply({ check: "a/**", when: { runtime: "runc", version: "1.2." } }, green).stale, false);
  assert.equal(apply({ check: "a/**", when: { runtime: "youki" } }, red).known, []);
  assert.equal(apply({ check: "a/**", when: { runtime: "runc" } }, check("a/b/c#golden", "fail")).known, []);
  assert.equal(apply({ check: "a/**", when: { runtime: "runc" } }, { ...green, id: other.id }).stale, false);
});

test("an entry holds for the host facts it names", () => {
  assert.equal(apply({ check: "a/**", when: { host: { cgroup: "v2", uid: 0 } } }, red).known, [red.id]);
  assert.equal(apply({ check: "a/**", when: { host: { cgroup: "v1" } } }, red).known, []);
  assert.equal(apply({ check: "a/**", when: { host: { kernel: "5" } } }, green).stale, false);
  assert.equal(apply({ check: "a/**", when: { host: { toString: 1 } } }, red).known, []);
});

test("the first entry that expects a failure gives the reason; the others are not stale for it", () => {
  const entry = (reason: string): object => ({ check: "a/**", kind: "upstream", reason });
  const text = JSON.stringify({ entries: [entry("first"), entry("second")] });
  const { checks, stale } = applyBaseline([readBaseline(text, "b.json")], environment, [red]);
  assert.is(checks[0]?.known?.reason, "first");
  assert.equal(stale, []);
});

test("an entry with a word that is not known, without a reason or a check, or with half a condition is refused", () => {
  const refusal = (entry: object): ReturnType<typeof refused> =>
    refused(() => readBaseline(JSON.stringify({ entries: [entry] }), "b.json"));
  const code = (entry: object): string => refusal(entry).code;
  assert.is(code({ check: "a", kind: "bug", reason: "r" }), "format-wrong-value");
  const { message } = refusal({ check: "a", kind: "bug", reason: "r" });
  assert.match(message, 'expected one of "runtime-bug", "not-enforced", ');
  assert.is(code({ check: "a", kind: "upstream" }), "format-missing-key");
  assert.is(code({ check: "a", kind: "upstream", reason: "r", until: 1 }), "format-unknown-key");
  assert.is(code({ check: "a", kind: "upstream", reason: " " }), "format-baseline-empty");
  assert.is(code({ check: "", kind: "upstream", reason: "r" }), "format-baseline-empty");
  assert.is(code({ check: "a", kind: "upstream", reason: "r", when: { version: "1" } }), "format-baseline-condition");
  assert.is(code({ check: "a", kind: "upstream", reason: "r", when: {} }), "format-baseline-condition");
  for (const host of [[], { constructor: 1 }]) {
    assert.is(code({ check: "a", kind: "upstream", reason: "r", when: { host } }), "format-wrong-value");
  }
});

test("an entry may speak of one promise and of one way to fail alone", () => {
  const entry = (narrow: object): object => ({ check: "a/**", ...narrow });
  const failed: CheckEvent = { ...red, promised: { on: "bind", nodes: "refused" }, seen: "it opens" };
  const known = { known: [red.id], stale: false };
  const unknown = { known: [], stale: false };
  assert.equal(apply(entry({ promised: { on: "bind" }, seen: "it opens" }), failed), known);
  assert.equal(apply(entry({ promised: { on: "tmpfs" } }), failed), unknown);
  assert.equal(apply(entry({ seen: "it burns" }), failed), unknown);
  assert.equal(apply(entry({ seen: "it opens" }), red), unknown);
  const passed: CheckEvent = { ...failed, verdict: "pass", seen: "EACCES" };
  assert.ok(apply(entry({ seen: "it opens" }), passed).stale);
  assert.not.ok(apply(entry({ promised: { on: "tmpfs" } }), passed).stale);
});

test("shipped entries that mean many cases expect what is explained and nothing beside it", () => {
  const shipped = ["runc", "crun"].map((name) => {
    const file = `baselines/${name}.json`;
    return readBaseline(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"), file);
  });
  const { mark } = baselineInForce(shipped, { ...environment, host: { cgroups: "hybrid" } });
  const isKnown = (rule: string, seen: Json): boolean =>
    mark({ ...check(`buildkit/a/b#run/${rule}@runc+privileged`, "fail"), seen }).known !== undefined;
  assert.ok(isKnown("environment-extra[environment-names]", ["HOME"]));
  assert.not(isKnown("environment-extra[environment-names]", ["HOME", "TOKEN"]));
  const cgroups = "mounts[mount:/sys/fs/cgroup]";
  assert.ok(isKnown(cgroups, { type: "tmpfs", options: ["rw"], wrong: ["not ro"] }));
  assert.not(isKnown(cgroups, { type: "tmpfs", options: ["rw"], wrong: ["not ro", "not nosuid"] }));
  assert.not(isKnown(cgroups, { type: "ext4", options: ["rw"], wrong: ["not ro"] }));
  for (const rule of ["seccomp-denied[denied:io_uring_setup]", "seccomp-new[new:openat2]"]) {
    assert.ok(isKnown(rule, { outcome: "errno:38", result: "ENOSYS" }));
    assert.not(isKnown(rule, { outcome: "kernel", result: "EFAULT" }));
  }
});
