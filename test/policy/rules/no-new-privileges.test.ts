import { noNewPrivileges } from "../../../src/policy/rules/no-new-privileges.ts";
import { assert, test } from "../../suite.ts";
import { configWith, missing, verdict } from "../fake-answers.ts";

const on = configWith({ process: { noNewPrivileges: true } });
const off = configWith();
const given = (cell: string, host = "Pid:\t1\nNoNewPrivs:\t0\n"): { [line: string]: string } => ({
  "cell status": `Pid:\t1\n${cell}\n`,
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

test("a bit that is not shown tells nothing", () => {
  assert.is(verdict(noNewPrivileges, on, subject, given("Name:\tsh")), "not-observable");
  assert.is(verdict(noNewPrivileges, on, subject, { ...given(""), "cell status": missing }), "not-observable");
});
