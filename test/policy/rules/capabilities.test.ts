import type { JsonObject } from "../../../src/json/value.ts";
import { capabilities } from "../../../src/policy/rules/capabilities.ts";
import { assert, test } from "../../suite.ts";
import { configWith, type Given, judge, missing, valueIn, verdict } from "../fake-answers.ts";

const sets = ["bounding", "effective", "inheritable", "permitted", "ambient"] as const;

/** What the kernel shows for `given` sets of a process of user `uid`. */
function after(given: JsonObject, uid: number, noNewPrivileges = false): JsonObject {
  const config = configWith({ process: { user: { uid }, capabilities: given, noNewPrivileges } });
  return Object.fromEntries(sets.map((set) => [set, valueIn(capabilities, config, `capabilities:${set}`)]));
}

const chown = ["CAP_CHOWN"];
const both = ["CAP_CHOWN", "CAP_KILL"];

test("root gets inheritable and bounding, whatever permitted and effective said", () => {
  assert.equal(after({ bounding: both, inheritable: [], permitted: chown, effective: [] }, 0), {
    bounding: both,
    effective: both,
    inheritable: [],
    permitted: both,
    ambient: [],
  });
});

test("root with an empty bounding set keeps what it inherits", () => {
  assert.equal(after({ inheritable: chown, permitted: both, effective: both }, 0)["permitted"], chown);
});

test("with no new privileges permitted gains nothing", () => {
  const given = { bounding: both, inheritable: both, permitted: chown, effective: chown };
  assert.equal(after(given, 0, true)["effective"], chown);
  assert.equal(after(given, 0, false)["effective"], both);
});

test("another user keeps only what is ambient", () => {
  const all = { bounding: both, effective: both, inheritable: both, permitted: both };
  assert.equal(after(all, 1000), { bounding: both, effective: [], inheritable: both, permitted: [], ambient: [] });
  assert.equal(after({ ...all, ambient: chown }, 1000)["effective"], chown);
});

test("ambient without inheritable or permitted is lost", () => {
  assert.equal(after({ bounding: both, permitted: both, effective: both, ambient: both }, 1000)["ambient"], []);
  assert.equal(after({ bounding: both, inheritable: both, ambient: both }, 1000)["ambient"], []);
  assert.equal(after({ bounding: both, inheritable: both, permitted: chown, ambient: both }, 1000)["ambient"], chown);
});

test("no capabilities at all are five empty sets, and unknown names are passed over", () => {
  assert.equal(after({}, 0), { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] });
  assert.equal(after({ bounding: ["CAP_BOGUS", "CAP_KILL", "CAP_CHOWN", "CAP_KILL"] }, 0)["bounding"], both);
});

const config = configWith({ process: { user: { uid: 0 }, capabilities: { bounding: both } } });
const status = (row: string): { [line: string]: string } => ({ "cell status": `Pid:\t1\n${row}\n` });

test("a set holds when the kernel shows exactly it", () => {
  assert.is(verdict(capabilities, config, "capabilities:bounding", status("CapBnd:\t0000000000000021")), "holds");
  assert.equal(judge(capabilities, config, "capabilities:bounding", status("CapBnd:\t0000000000200021")), {
    is: "violated",
    seen: ["CAP_CHOWN", "CAP_KILL", "CAP_SYS_ADMIN"],
  });
  assert.is(verdict(capabilities, config, "capabilities:bounding", status("CapBnd:\t0000000000000001")), "violated");
});

const withAmbient = (row: string, call: Given[string] = 0): Given => ({
  ...status(row),
  "cell call ambient-capability": call,
});

test("a bit without a name is seen", () => {
  assert.equal(judge(capabilities, config, "capabilities:ambient", withAmbient("CapAmb:\t0000020000000000")), {
    is: "violated",
    seen: ["CAP_41"],
  });
});

test("a set that is not shown tells nothing", () => {
  assert.is(verdict(capabilities, config, "capabilities:ambient", withAmbient("CapBnd:\t0")), "not-observable");
  const silent = { ...withAmbient(""), "cell status": missing };
  assert.is(verdict(capabilities, config, "capabilities:ambient", silent), "not-observable");
});

test("a kernel without ambient capabilities has none in force", () => {
  const granted = { inheritable: chown, permitted: chown, effective: chown, bounding: chown, ambient: chown };
  const user = configWith({ process: { user: { uid: 1000 }, capabilities: granted } });
  const none = withAmbient("CapBnd:\t0", -22);
  assert.is(verdict(capabilities, config, "capabilities:ambient", none), "holds");
  assert.is(verdict(capabilities, user, "capabilities:ambient", none), "violated");
  assert.is(verdict(capabilities, config, "capabilities:ambient", withAmbient("CapBnd:\t0", -1)), "not-observable");
});
