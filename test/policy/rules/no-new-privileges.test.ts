import { noNewPrivileges } from "../../../src/policy/rules/no-new-privileges.ts";
import { assert, test } from "../../suite.ts";
import { configWith, type Given, missing, unable, verdict } from "../fake-answers.ts";

const on = configWith({ process: { noNewPrivileges: true } });
const off = configWith();
const given = (cell: string, host = "Pid:\t1\nNoNewPrivs:\t0\n", call: Given[string] = unable): Given => ({
  "cell status": `Pid:\t1\n${cell}\n`,
  "cell call no-new-privileges": call,
  "host read /proc/self/status": host,
});
const subject = "no-new-privileges";

test("the bit is as configured", () => {
  assert.is(verdict(noNewPrivileges, on, subject, given("NoNewPrivs:\t1")), "holds");
  assert.is(verdict(noNewPrivileges, on, subject, given("NoNewPrivs:\t0")), "violated");
  assert.is(verdict(noNewPrivileges, off, subject, given("NoNewPrivs:\t0")), "holds");
  assert.is(verdict(noNewPrivileges, off, subject, given("NoNewPrivs:\t1")), "violated");
});

test("a bit that the host's processes have cannot be cleared", () => {
  const host = "Pid:\t1\nNoNewPrivs:\t1\n";
  assert.is(verdict(noNewPrivileges, off, subject, given("NoNewPrivs:\t1", host)), "not-observable");
  assert.is(verdict(noNewPrivileges, off, subject, given("NoNewPrivs:\t0", host)), "holds");
});

test("a kernel whose status lacks the bit says it when it is asked", () => {
  const asked = (bit: number): Given => given("Name:\tsh", undefined, bit);
  assert.is(verdict(noNewPrivileges, on, subject, asked(1)), "holds");
  assert.is(verdict(noNewPrivileges, on, subject, asked(0)), "violated");
  assert.is(verdict(noNewPrivileges, off, subject, asked(1)), "violated");
  assert.is(verdict(noNewPrivileges, off, subject, asked(-22)), "not-observable");
  assert.is(verdict(noNewPrivileges, on, subject, given("NoNewPrivs:\t0", undefined, 1)), "violated");
});

test("a bit that is not shown tells nothing", () => {
  assert.is(verdict(noNewPrivileges, on, subject, given("Name:\tsh")), "not-observable");
  assert.is(verdict(noNewPrivileges, on, subject, { ...given(""), "cell status": missing }), "not-observable");
});
