import type { JsonObject } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import type { Rule } from "../../../src/policy/rule.ts";
import { foreignArchitectures } from "../../../src/policy/rules/foreign-architectures.ts";
import { nestedNamespaces } from "../../../src/policy/rules/nested-namespaces.ts";
import { seccompAllowed } from "../../../src/policy/rules/seccomp-allowed.ts";
import { seccompArguments } from "../../../src/policy/rules/seccomp-arguments.ts";
import { seccompDenied } from "../../../src/policy/rules/seccomp-denied.ts";
import { seccompNew } from "../../../src/policy/rules/seccomp-new.ts";
import { systemCallOutcome } from "../../../src/policy/view/system-call-outcome.ts";
import { triedCalls } from "../../../src/policy/view/tried-calls.ts";
import { assert, test } from "../../suite.ts";
import { asked, configWith, type Given, judge, unable, valueIn, verdict } from "../fake-answers.ts";

const filter = (syscalls: readonly JsonObject[], more: JsonObject = {}): Config =>
  configWith({ linux: { seccomp: { defaultAction: "SCMP_ACT_ALLOW", syscalls, ...more } } });
const deny = (...names: readonly string[]): JsonObject => ({ names, action: "SCMP_ACT_ERRNO" });
const allow = (...names: readonly string[]): JsonObject => ({ names, action: "SCMP_ACT_ALLOW" });
const denyByDefault = { defaultAction: "SCMP_ACT_ERRNO" };

const families: readonly (readonly [Rule, string, string])[] = [
  [seccompDenied, "denied:keyctl", "keyctl"],
  [seccompAllowed, "allowed:getrandom", "getrandom"],
  [seccompNew, "new:openat2", "openat2"],
];

function tried(name: string, cell: Given[string], host: Given[string] = -95): Given {
  return { [`cell call try ${name}`]: cell, [`host call try ${name}`]: host, ...sameKernel };
}

const sameKernel = { "cell kernel": "6.1.0" };

test("no two attempts share a name", () => {
  assert.is(new Set(triedCalls.map(({ name }) => name)).size, triedCalls.length);
});

test("what the host is told as well comes from the kernel, anything else from a filter", () => {
  for (const [rule, subject, name] of families) {
    const open = configWith();
    const closed = filter([deny(name)]);
    assert.is(valueIn(rule, open, subject), "kernel");
    assert.is(valueIn(rule, closed, subject), "errno:1");
    assert.is(verdict(rule, open, subject, tried(name, -95)), "holds");
    assert.is(verdict(rule, open, subject, tried(name, -1)), "violated");
    assert.is(verdict(rule, closed, subject, tried(name, -1)), "holds");
    assert.is(verdict(rule, closed, subject, tried(name, -95)), "violated");
    assert.is(verdict(rule, closed, subject, tried(name, -38)), "violated");
  }
});

test("a call that kills ends its own process with SIGSYS, and nothing else", () => {
  const config = filter([{ names: ["keyctl"], action: "SCMP_ACT_KILL_PROCESS" }]);
  const killed = { ended: { signal: 31 } };
  assert.is(verdict(seccompDenied, config, "denied:keyctl", tried("keyctl", killed)), "holds");
  assert.is(verdict(seccompDenied, config, "denied:keyctl", tried("keyctl", -95)), "violated");
  assert.is(
    verdict(seccompDenied, config, "denied:keyctl", tried("keyctl", { ended: { signal: 9 } })),
    "not-observable",
  );
  assert.is(verdict(seccompDenied, configWith(), "denied:keyctl", tried("keyctl", killed)), "violated");
});

test("which kernel a cell has is always asked, since what it says without a filter is asked of that one", () => {
  assert.ok(asked(seccompDenied, configWith(), "denied:keyctl").includes("cell kernel"));
  assert.ok(asked(foreignArchitectures, configWith(), "architecture:x86").includes("cell kernel"));
});

test("a swallowed call succeeds where the kernel does not", () => {
  const config = filter([{ names: ["keyctl"], action: "SCMP_ACT_ERRNO", errnoRet: 0 }]);
  assert.equal(judge(seccompDenied, config, "denied:keyctl", tried("keyctl", 0)), {
    is: "holds",
    seen: { outcome: "swallowed", result: "success" },
  });
  assert.is(verdict(seccompDenied, config, "denied:keyctl", tried("keyctl", 0, 0)), "not-observable");
});

test("where kernel and filter would say the same, nothing is told; nor where the host cannot try", () => {
  const config = filter([{ names: ["keyctl"], action: "SCMP_ACT_ERRNO", errnoRet: 38 }]);
  assert.is(verdict(seccompDenied, config, "denied:keyctl", tried("keyctl", -38, -38)), "not-observable");
  assert.is(verdict(seccompDenied, config, "denied:keyctl", tried("keyctl", -38, unable)), "not-observable");
  assert.is(verdict(seccompDenied, config, "denied:keyctl", tried("keyctl", unable)), "not-observable");
  assert.is(
    verdict(seccompDenied, config, "denied:keyctl", tried("keyctl", -38, { ended: { signal: 31 } })),
    "not-observable",
  );
});

test("what an agent or unknown arguments decide is not tried", () => {
  const config = filter([{ names: ["keyctl"], action: "SCMP_ACT_NOTIFY" }]);
  assert.equal(asked(seccompDenied, config, "denied:keyctl"), []);
});

test("conditions are judged by the arguments that are tried", () => {
  const masked = { ...allow("clone"), args: [{ index: 0, value: 0x7e02_0000, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ" }] };
  const profile = filter([masked], denyByDefault);
  assert.is(valueIn(seccompArguments, profile, "arguments:clone-thread"), "kernel");
  assert.is(valueIn(seccompArguments, profile, "arguments:clone-new-user"), "errno:1");
  const query = { ...allow("personality"), args: [{ index: 0, value: 0xffff_ffff, op: "SCMP_CMP_EQ" }] };
  const zero = { ...allow("personality"), args: [{ index: 0, value: 0, op: "SCMP_CMP_EQ" }] };
  const both = filter([zero, query], denyByDefault);
  assert.is(valueIn(seccompArguments, both, "arguments:personality-query"), "kernel");
  assert.is(valueIn(seccompArguments, both, "arguments:personality-fixed-addresses"), "errno:1");
  assert.is(verdict(seccompArguments, both, "arguments:personality-query", tried("personality-query", 8, 0)), "holds");
});

test("every comparison of the specification is understood, unsigned and 64 bits wide", () => {
  const outcome = (op: string, value: number | bigint, argument: bigint): string =>
    systemCallOutcome(
      {
        defaultAction: "SCMP_ACT_ERRNO",
        syscalls: [{ names: ["x"], action: "SCMP_ACT_ALLOW", args: [{ index: 1, value, op }] }],
      },
      "x",
      [0n, argument],
    );
  const kernel = (op: string, value: number | bigint, argument: bigint): boolean =>
    outcome(op, value, argument) === "kernel";
  assert.ok(kernel("SCMP_CMP_NE", 3, 4n) && !kernel("SCMP_CMP_NE", 3, 3n));
  assert.ok(kernel("SCMP_CMP_LT", 3, 2n) && !kernel("SCMP_CMP_LT", 3, 3n));
  assert.ok(kernel("SCMP_CMP_LE", 3, 3n) && !kernel("SCMP_CMP_LE", 3, 4n));
  assert.ok(kernel("SCMP_CMP_GE", 3, 3n) && !kernel("SCMP_CMP_GE", 3, 2n));
  assert.ok(kernel("SCMP_CMP_GT", 3, 4n) && !kernel("SCMP_CMP_GT", 3, 3n));
  assert.ok(kernel("SCMP_CMP_GT", 3, -1n) && kernel("SCMP_CMP_EQ", 2n ** 64n - 1n, -1n));
  assert.ok(!kernel("SCMP_CMP_ODD", 3, 3n));
});

test("two conditions on one argument are two rules, on two arguments one", () => {
  const args = (first: number, second: number): Config =>
    filter(
      [
        {
          ...allow("socket"),
          args: [
            { index: first, value: 1, op: "SCMP_CMP_EQ" },
            { index: second, value: 99, op: "SCMP_CMP_EQ" },
          ],
        },
      ],
      denyByDefault,
    );
  assert.is(valueIn(seccompArguments, args(1, 1), "arguments:socket-vsock"), "kernel");
  assert.is(valueIn(seccompArguments, args(0, 1), "arguments:socket-vsock"), "errno:1");
});

test("less of a filter is weaker", () => {
  for (const rule of [seccompDenied, seccompArguments, foreignArchitectures]) {
    assert.is(rule.compare("errno:1", "kernel"), "weaker");
    assert.is(rule.compare("kernel", "kill"), "stronger");
    assert.is(rule.compare("errno:1", "by-argument"), "weaker");
  }
  assert.is(seccompAllowed.compare("kernel", "errno:1"), "different");
});

test("another architecture is filtered where the profile admits it, and kept out where it does not", () => {
  const subject = "architecture:x86";
  const admits = filter([deny("getpid")], { architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"] });
  const silent = filter([], { architectures: ["SCMP_ARCH_X86_64"] });
  assert.is(valueIn(foreignArchitectures, configWith(), subject), "kernel");
  assert.is(valueIn(foreignArchitectures, admits, subject), "errno:1");
  assert.is(valueIn(foreignArchitectures, silent, subject), "not-admitted");
  const given = (cell: Given[string], host: Given[string] = 7): Given => ({
    "cell call getpid-x86": cell,
    "host call getpid-x86": host,
    ...sameKernel,
  });
  assert.is(verdict(foreignArchitectures, configWith(), subject, given(-9)), "violated");
  const killed = { ended: { signal: 31 } };
  assert.is(verdict(foreignArchitectures, configWith(), subject, given(9)), "holds");
  assert.is(verdict(foreignArchitectures, configWith(), subject, given(killed)), "violated");
  assert.is(verdict(foreignArchitectures, admits, subject, given(-1)), "holds");
  assert.is(verdict(foreignArchitectures, admits, subject, given(9)), "violated");
  assert.is(verdict(foreignArchitectures, silent, subject, given(killed)), "holds");
  assert.is(verdict(foreignArchitectures, silent, subject, given(-1)), "holds");
  assert.is(verdict(foreignArchitectures, silent, subject, given(9)), "violated");
  assert.is(verdict(foreignArchitectures, silent, subject, given(-38, -38)), "not-observable");
  assert.is(verdict(foreignArchitectures, configWith(), subject, given({ ended: { signal: 11 } })), "not-observable");
});

const rootWith = (capabilities: readonly string[], linux: JsonObject = {}): Config =>
  configWith({
    process: {
      user: { uid: 0 },
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
    },
    linux,
  });

test("a user namespace needs no capability, any other needs one, and a filter takes all away", () => {
  assert.is(valueIn(nestedNamespaces, rootWith([]), "nest:user"), "granted");
  assert.is(valueIn(nestedNamespaces, rootWith([]), "nest:mount"), "refused");
  assert.is(valueIn(nestedNamespaces, rootWith(["CAP_SYS_ADMIN"]), "nest:mount"), "granted");
  const seccomp = { defaultAction: "SCMP_ACT_ALLOW", syscalls: [deny("unshare")] };
  assert.is(valueIn(nestedNamespaces, rootWith(["CAP_SYS_ADMIN"], { seccomp }), "nest:user"), "refused");
  const swallowed = { defaultAction: "SCMP_ACT_ALLOW", syscalls: [{ ...deny("unshare"), errnoRet: 0 }] };
  assert.is(valueIn(nestedNamespaces, rootWith([], { seccomp: swallowed }), "nest:user"), "undecided");
  assert.equal(asked(nestedNamespaces, rootWith([], { seccomp: swallowed }), "nest:user"), []);
});

test("a namespace is made or refused, unless the machine refuses it to everybody", () => {
  const given = (cell: number, host = 0): Given => ({
    "cell call unshare-namespace user": cell,
    "host call unshare-namespace user": host,
  });
  const granted = rootWith([]);
  const refused = rootWith([], { seccomp: { defaultAction: "SCMP_ACT_ALLOW", syscalls: [deny("unshare")] } });
  assert.is(verdict(nestedNamespaces, granted, "nest:user", given(0)), "holds");
  assert.is(verdict(nestedNamespaces, granted, "nest:user", given(-1)), "violated");
  assert.is(verdict(nestedNamespaces, granted, "nest:user", given(-1, -1)), "not-observable");
  assert.is(verdict(nestedNamespaces, granted, "nest:user", given(-28)), "not-observable");
  assert.is(verdict(nestedNamespaces, refused, "nest:user", given(-1)), "holds");
  assert.is(verdict(nestedNamespaces, refused, "nest:user", given(0)), "violated");
  assert.is(nestedNamespaces.compare("refused", "granted"), "weaker");
});
