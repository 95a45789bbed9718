import type { JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { seccomp } from "../../../src/policy/rules/seccomp.ts";
import { seccompCalls } from "../../../src/policy/rules/seccomp-calls.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, judge, missing, unable, valueIn, verdict } from "../fake-answers.ts";

const errno = (names: readonly string[], errnoRet?: number, args?: readonly JsonObject[]): JsonObject => ({
  names,
  action: "SCMP_ACT_ERRNO",
  ...(errnoRet === undefined ? {} : { errnoRet }),
  ...(args === undefined ? {} : { args }),
});

function profile(syscalls: readonly JsonObject[], more: JsonObject = {}): Config {
  return configWith({ linux: { seccomp: { defaultAction: "SCMP_ACT_ALLOW", syscalls, ...more } } });
}

const fsync = (config: Config): unknown => valueIn(seccompCalls, config, "call:fsync");

test("without a profile every call reaches the kernel", () => {
  assert.is(fsync(configWith()), "kernel");
  assert.is(valueIn(seccomp, configWith(), "seccomp:mode"), "none");
  assert.is(valueIn(seccomp, configWith(), "seccomp:architectures"), "all");
});

test("an errno of 0 swallows, none given is EPERM, and the default counts for what is not named", () => {
  assert.is(fsync(profile([errno(["fsync"], 0)])), "swallowed");
  assert.is(fsync(profile([errno(["fsync"])])), "errno:1");
  assert.is(fsync(profile([errno(["msync"], 0)])), "kernel");
  assert.is(fsync(profile([], { defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 38 })), "errno:38");
  assert.is(fsync(profile([], { defaultAction: "SCMP_ACT_KILL_PROCESS" })), "kill");
  assert.is(fsync(profile([{ names: ["fsync"], action: "SCMP_ACT_TRAP" }])), "kill");
  assert.is(fsync(profile([{ names: ["fsync"], action: "SCMP_ACT_TRACE" }])), "errno:38");
});

test("the first rule without conditions wins, and one with the default action is none", () => {
  assert.is(fsync(profile([errno(["fsync"], 0), errno(["fsync"], 5)])), "swallowed");
  const allow = { names: ["fsync"], action: "SCMP_ACT_ALLOW" };
  assert.is(fsync(profile([allow, errno(["fsync"], 0)])), "swallowed");
  assert.is(fsync(profile([errno(["fsync"], 0), allow], { defaultAction: "SCMP_ACT_ERRNO" })), "swallowed");
});

test("conditions on arguments decide only where no rule is without them", () => {
  const conditional = errno(["fsync"], 0, [{ index: 0, value: 3, op: "SCMP_CMP_EQ" }]);
  assert.is(fsync(profile([conditional])), "by-argument");
  assert.is(fsync(profile([conditional, errno(["fsync"], 5)])), "errno:5");
  assert.is(fsync(profile([errno(["fsync"], 0, [])])), "swallowed");
});

test("calls that arguments or an agent decide are not made; one that kills ends its own process", () => {
  const kills = profile([{ names: ["fsync"], action: "SCMP_ACT_KILL" }]);
  assert.is(verdict(seccompCalls, kills, "call:fsync", { "cell call fsync": { ended: { signal: 31 } } }), "holds");
  assert.is(verdict(seccompCalls, kills, "call:fsync", { "cell call fsync": -9 }), "violated");
  assert.is(
    verdict(seccompCalls, profile([]), "call:fsync", { "cell call fsync": { ended: { signal: 31 } } }),
    "violated",
  );
  assert.is(
    verdict(seccompCalls, kills, "call:fsync", { "cell call fsync": { ended: { signal: 9 } } }),
    "not-observable",
  );
  assert.equal(asked(seccompCalls, profile([{ names: ["fsync"], action: "SCMP_ACT_NOTIFY" }]), "call:fsync"), []);
  assert.equal(asked(seccompCalls, profile([]), "call:fsync"), ["cell call fsync"]);
});

test("a swallowed call returns success for a descriptor that does not exist", () => {
  const config = profile([errno(["fsync", "msync"], 0)]);
  assert.is(verdict(seccompCalls, config, "call:fsync", { "cell call fsync": 0 }), "holds");
  assert.equal(judge(seccompCalls, config, "call:fsync", { "cell call fsync": -9 }), {
    is: "violated",
    seen: "kernel",
  });
  assert.equal(judge(seccompCalls, config, "call:fsync", { "cell call fsync": -1 }), {
    is: "violated",
    seen: "errno:1",
  });
  assert.is(verdict(seccompCalls, config, "call:msync", { "cell call msync": -22 }), "violated");
});

test("a call that reaches the kernel is refused by it, for its own reason", () => {
  const config = profile([]);
  assert.is(verdict(seccompCalls, config, "call:fsync", { "cell call fsync": -9 }), "holds");
  assert.is(verdict(seccompCalls, config, "call:msync", { "cell call msync": -22 }), "holds");
  assert.equal(judge(seccompCalls, config, "call:fsync", { "cell call fsync": 0 }), {
    is: "violated",
    seen: "swallowed",
  });
  assert.is(verdict(seccompCalls, config, "call:sync_file_range", { "cell call sync_file_range": -38 }), "violated");
});

test("an errno that the kernel gives as well cannot be told from it", () => {
  assert.is(
    verdict(seccompCalls, profile([errno(["fsync"], 9)]), "call:fsync", { "cell call fsync": -9 }),
    "not-observable",
  );
  assert.is(verdict(seccompCalls, profile([errno(["fsync"], 9)]), "call:fsync", { "cell call fsync": 0 }), "violated");
  assert.is(verdict(seccompCalls, profile([errno(["fsync"], 5)]), "call:fsync", { "cell call fsync": -5 }), "holds");
});

test("a call that was not made tells nothing", () => {
  assert.is(verdict(seccompCalls, profile([]), "call:fsync", { "cell call fsync": unable }), "not-observable");
  assert.is(verdict(seccompCalls, profile([]), "call:fsync", { "cell call fsync": missing }), "not-observable");
});

test("the mode is what the kernel shows", () => {
  const status = (mode: string): { [line: string]: string } => ({ "cell status": `Pid:\t1\nSeccomp:\t${mode}\n` });
  assert.is(verdict(seccomp, profile([]), "seccomp:mode", status("2")), "holds");
  assert.is(verdict(seccomp, profile([]), "seccomp:mode", status("0")), "violated");
  assert.is(verdict(seccomp, configWith(), "seccomp:mode", status("0")), "holds");
  assert.is(verdict(seccomp, configWith(), "seccomp:mode", status("2")), "violated");
  assert.is(verdict(seccomp, profile([]), "seccomp:mode", { "cell status": "Pid:\t1\n" }), "not-observable");
});

test("no filter, a default that lets through and more architectures are weaker", () => {
  assert.is(seccomp.compare("filter", "none"), "weaker");
  assert.is(seccomp.compare("errno:1", "kernel"), "weaker");
  assert.is(seccomp.compare("errno:1", "kill"), "different");
  assert.is(seccomp.compare([], ["SCMP_ARCH_X86"]), "weaker");
  assert.is(seccomp.compare(["SCMP_ARCH_X86"], "all"), "weaker");
});
