import { printJson } from "../../src/json/print.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { judgeGolden } from "../../src/suite/golden.ts";
import type { Outcome } from "../../src/suite/perform.ts";
import { assert, test } from "../suite.ts";
import { placedCase } from "./placed-case.ts";

function judge(wanted: Partial<PlacedCase>, outcome: Outcome, golden?: string): CheckEvent {
  return judgeGolden(placedCase(wanted), golden, outcome);
}

test("an outcome that prints as the golden passes, and so does one that only has its keys in another order", () => {
  const value = { b: [1, 2], a: { y: 1, x: 2n ** 64n } };
  assert.equal(judge({ expect: "golden" }, { value }, printJson(value)), {
    type: "check",
    id: "snix/area/one#golden",
    verdict: "pass",
  });
  const golden = '{"a": {"x": 18446744073709551616, "y": 1}, "b": [1, 2]}';
  assert.is(judge({ expect: "golden" }, { value }, golden).verdict, "pass");
});

test("a difference is told with its place and the two values there", () => {
  const golden = printJson({ mounts: [{ at: "/a" }, { at: "/b", ro: true }], user: { uid: 0 } });
  const value = { mounts: [{ at: "/a" }, { at: "/b", ro: false }], user: { uid: 0, gid: 7 } };
  const check = judge({ expect: "golden", refs: ["spec"] }, { value }, golden);
  assert.is(check.verdict, "fail");
  assert.equal([check.at, check.promised, check.seen, check.code], ["/mounts/1/ro", true, false, "differs"]);
  assert.is(check.reason, "/mounts/1/ro: promised true, seen false\n/user/gid: promised nothing, seen 7");
  assert.equal(check.refs, ["spec"]);
});

test("list order matters, except in the lists that the case names", () => {
  const golden = printJson({ caps: { a: ["X", "Y"], b: ["X", "Y"] }, rest: [{ n: 2 }, { n: 1 }] });
  const value = { caps: { a: ["Y", "X"], b: ["Y", "X"] }, rest: [{ n: 1 }, { n: 2 }] };
  const verdict = (...normalised: string[]): string =>
    judge({ expect: "golden", normalised }, { value }, golden).verdict;
  assert.is(verdict(), "fail");
  assert.is(verdict("/caps/*"), "fail");
  assert.is(verdict("/caps/a", "/rest"), "fail");
  assert.is(verdict("/caps/*", "/rest"), "pass");
  const other = { ...value, caps: { a: ["Y", "Y"], b: ["Y", "X"] } };
  assert.is(judge({ expect: "golden", normalised: ["/caps/*", "/rest"] }, { value: other }, golden).verdict, "fail");
});

test("an item taken from a list does not make the later ones differ", () => {
  const golden = printJson(["a", "b", "c", "d", "e"]);
  const check = judge({ expect: "golden" }, { value: ["a", "c", "d", "e"] }, golden);
  assert.is(check.reason, '/1: promised "b", seen nothing');
  const twice = judge({ expect: "golden" }, { value: ["a", "b", "b", "c", "d", "e"] }, golden);
  assert.is(twice.verdict, "fail");
});

test("a long list of differences is cut", () => {
  const golden = printJson(Array.from({ length: 30 }, (_, index) => index));
  const { reason } = judge({ expect: "golden" }, { value: Array.from({ length: 30 }, () => "x") }, golden);
  assert.match(String(reason), /\nand 20 more$/);
});

test("a golden that is missing or no JSON is an error and not a failure", () => {
  assert.equal(judge({ expect: "golden" }, { value: 1 }), {
    type: "check",
    id: "snix/area/one#golden",
    verdict: "error",
    code: "no-golden",
    reason: "golden/snix/area/one.json is missing",
  });
  const bad = judge({ expect: "golden" }, { value: 1 }, "{");
  assert.equal([bad.verdict, bad.code], ["error", "bad-golden"]);
  assert.match(String(bad.reason), /^golden\/snix\/area\/one\.json:1:2: expected a key/);
});

test("a value in the case is compared like a golden", () => {
  assert.is(judge({ expect: { value: { a: 1, b: 2 } } }, { value: { b: 2, a: 1n } }).verdict, "pass");
  assert.is(judge({ expect: { value: null } }, { value: false }).verdict, "fail");
});

test("a rejection must be in the promised words; its class says nothing", () => {
  const rejects = (text: string): Outcome => ({ rejects: text, code: "c", class: "panic" });
  assert.is(judge({ expect: { rejects: "no" } }, rejects("no")).verdict, "pass");
  assert.is(judge({ expect: { rejects: "no" }, class: "Failure" }, rejects("no")).verdict, "pass");
  const other = judge({ expect: { rejects: "no" } }, rejects("no!"));
  assert.equal(
    [other.verdict, other.code, other.promised, other.seen],
    ["fail", "other-rejection", { rejects: "no" }, { rejects: "no!" }],
  );
  assert.is(judge({ expect: { rejectsPrefix: "no" } }, rejects("no!")).verdict, "pass");
  assert.is(judge({ expect: { rejectsPrefix: "no!" } }, rejects("no")).verdict, "fail");
});

test("a request that does not fit is no rejection, and a rejection is no value", () => {
  const misfit: Outcome = { misfit: "/request/a: wrong", pointer: "/request/a" };
  assert.equal(
    [judge({ expect: { rejects: "x" } }, misfit).verdict, judge({ expect: { rejects: "x" } }, misfit).code],
    ["fail", "misfit"],
  );
  assert.is(judge({ expect: "golden" }, misfit, "null\n").verdict, "fail");
  assert.is(judge({ expect: { rejectsPrefix: "" } }, misfit).verdict, "fail");
  assert.is(judge({ expect: { rejects: "x" } }, { value: "x" }).code, "not-rejected");
  assert.is(judge({ expect: { value: "x" } }, { rejects: "x", code: "c" }).code, "rejected");
});

test("what is left below {{tmp}} is judged too: order and default modes do not matter, all else does", () => {
  const leaves = [
    { path: "{{tmp}}/b", type: "file", content: "1" },
    { path: "{{tmp}}/a", type: "dir" },
  ] as const;
  const left = (mode: string): Outcome => ({
    value: null,
    leaves: [
      { path: "{{tmp}}/a", type: "dir", mode: "0755" },
      { path: "{{tmp}}/b", type: "file", mode, contentBase64: "MQ==" },
    ],
  });
  assert.is(judge({ leaves }, left("644")).verdict, "pass");
  const wrong = judge({ leaves }, left("600"));
  assert.equal([wrong.verdict, wrong.code], ["fail", "leaves-differ"]);
  assert.is(wrong.reason, 'below {{tmp}}: /1/mode: promised "644", seen "600"');
  assert.is(judge({ leaves: [] }, left("644")).verdict, "fail");
  assert.is(judge({ leaves }, { value: null }).code, "no-leaves");
});
