import { compareSides, onRuntime, sidesOfReports, sidesOfRun, statementOf } from "../../src/suite/compare.ts";
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { assert, test } from "../suite.ts";

function check(id: string, verdict: CheckEvent["verdict"], more: Partial<CheckEvent> = {}): CheckEvent {
  return { type: "check", id, verdict, ...more };
}

function idOn(runtime: string, subject: string, owner = "snix/a/one"): string {
  return `${owner}#run/mounts[${subject}]@${runtime}+privileged`;
}

function startOf(...names: readonly string[]): Event {
  const runtimes = names.map((name) => ({ name, path: `/bin/${name}`, version: "1.0" }));
  return { type: "start", format: 1, cupel: "0", command: "run", table: "", runtimes, host: {}, shard: null };
}

const two = { runtimes: ["a", "b"].map((name) => ({ name, path: "", version: "1.0" })) };

test("a statement is the id without its runtime, whatever the subject holds", () => {
  assert.equal(statementOf("x/y/z#run/mounts[mount:/a@b+c]@runc+privileged"), {
    statement: "x/y/z#run/mounts[mount:/a@b+c]+privileged",
    runtime: "runc",
  });
  assert.equal(statementOf("x/y/z#golden"), { statement: "x/y/z#golden", runtime: undefined });
  assert.is(
    onRuntime("x/y/z#run/mounts[mount:/a@b+c]@a+privileged", "b"),
    "x/y/z#run/mounts[mount:/a@b+c]@b+privileged",
  );
  assert.is(onRuntime("x/y/z#golden", "b"), "x/y/z#golden");
});

test("what one runtime holds and the other violates differs; what both hold is alike, whatever was seen", () => {
  const checks = [
    check(idOn("a", "mount:/x"), "pass", { seen: 1 }),
    check(idOn("b", "mount:/x"), "pass", { seen: 2 }),
    check(idOn("a", "mount:/y"), "pass"),
    check(idOn("b", "mount:/y"), "fail", { seen: "rw", promised: "ro", refs: ["mount(2)"] }),
  ];
  const compared = compareSides(sidesOfRun(two, checks));
  assert.is(compared.alike, 1);
  assert.is(compared.statements, 2);
  assert.equal(
    compared.differ.map(({ rule, subject, promised, positions }) => [
      rule,
      subject,
      promised,
      positions.map((p) => p.standing),
    ]),
    [["mounts", "mount:/y", "ro", ["holds", "violated"]]],
  );
  assert.equal(compared.rules, [
    {
      rule: "mounts",
      counts: [
        { violated: 0, judged: 2 },
        { violated: 1, judged: 2 },
      ],
    },
  ]);
});

test("two violations are alike when they show the same, and differ when they do not", () => {
  const both = (a: string, b: string): readonly CheckEvent[] => [
    check(idOn("a", "mount:/x"), "fail", { seen: a }),
    check(idOn("b", "mount:/x"), "fail", { seen: b }),
  ];
  assert.is(compareSides(sidesOfRun(two, both("rw", "rw"))).alike, 1);
  assert.is(compareSides(sidesOfRun(two, both("rw", "nothing"))).differ.length, 1);
});

test("what a side cannot show, or never judged, is never alike", () => {
  const checks = [
    check(idOn("a", "mount:/x"), "pass"),
    check(idOn("b", "mount:/x"), "skip", { code: "not-observable", reason: "no table" }),
    check(idOn("a", "mount:/y"), "pass"),
    check(idOn("a", "mount:/z"), "skip", { code: "not-observable" }),
    check(idOn("b", "mount:/z"), "skip", { reason: "blocked by x" }),
  ];
  const compared = compareSides(sidesOfRun(two, checks));
  assert.is(compared.alike, 0);
  assert.is(compared.differ.length, 0);
  assert.is(compared.unseen, 1);
  assert.equal(
    compared.partly.map(({ positions }) => positions.map(({ standing }) => standing)),
    [
      ["holds", "unseen"],
      ["holds", "absent"],
    ],
  );
});

test("what broke on every side was judged by none, and is not alike", () => {
  const checks = [
    check(idOn("a", "mount:/x"), "error", { reason: "broken" }),
    check(idOn("b", "mount:/x"), "error", { reason: "broken too" }),
  ];
  const { alike, unseen, differ } = compareSides(sidesOfRun(two, checks));
  assert.equal([alike, unseen, differ.length], [0, 1, 0]);
});

test("cases in which the sides stand alike are one group", () => {
  const cases = ["snix/a/one", "snix/a/two", "snix/a/three"];
  const checks = cases.flatMap((owner) => [
    check(idOn("a", "mount:/x", owner), "pass"),
    check(idOn("b", "mount:/x", owner), "error", { reason: "broken" }),
  ]);
  const [group, ...more] = compareSides(sidesOfRun(two, checks)).differ;
  assert.equal(group?.cases, cases);
  assert.is(more.length, 0);
});

test("reports of one runtime each are compared across its name, others only on the same runtime", () => {
  const report = (runtime: string, verdict: CheckEvent["verdict"]): readonly Event[] => [
    startOf(runtime),
    check(idOn(runtime, "mount:/x"), verdict),
  ];
  const across = compareSides(sidesOfReports([report("runc", "pass"), report("crun", "fail")], ["old", "new"]));
  assert.equal(across.sides, ["runc 1.0 (old)", "crun 1.0 (new)"]);
  assert.is(across.differ.length, 1);
  const pair = (verdict: CheckEvent["verdict"]): readonly Event[] => [
    startOf("runc", "crun"),
    check(idOn("runc", "mount:/x"), "pass"),
    check(idOn("crun", "mount:/x"), verdict),
  ];
  const same = compareSides(sidesOfReports([pair("pass"), pair("fail")], ["old", "new"]));
  assert.equal(same.sides, ["old", "new"]);
  assert.equal([same.alike, same.differ.length], [1, 1]);
});

test("checks of documents are compared too", () => {
  const report = (verdict: CheckEvent["verdict"]): readonly Event[] => [startOf(), check("snix/a/one#golden", verdict)];
  const { differ } = compareSides(sidesOfReports([report("pass"), report("fail")], ["old", "new"]));
  assert.equal(
    differ.map(({ rule, subject }) => [rule, subject]),
    [["golden", ""]],
  );
});
