/** The seccomp filter. */
import type { Json } from "../../../src/json/value.ts";
import type { Row } from "./row.ts";

const seccomp = (part: { [key: string]: Json }): Json => ({
  linux: { seccomp: { defaultAction: "SCMP_ACT_ALLOW", ...part } },
});
const rule = (part: { [key: string]: Json }): Json =>
  seccomp({ syscalls: [{ names: ["sync"], action: "SCMP_ACT_ERRNO", ...part }] });
const argument = (index: Json, op: Json): Json => rule({ args: [{ index, op, value: 2n ** 64n - 1n }] });

export const seccompRows: readonly Row[] = [
  {
    title: "a filter without default",
    code: "missing-key",
    at: "/linux/seccomp",
    bad: { linux: { seccomp: {} } },
    good: seccomp({}),
  },
  {
    title: "a default action in lower case",
    code: "unknown-seccomp-action",
    at: "/linux/seccomp/defaultAction",
    bad: seccomp({ defaultAction: "scmp_act_allow" }),
    good: seccomp({ defaultAction: "SCMP_ACT_LOG" }),
  },
  {
    title: "an unknown action of a rule",
    code: "unknown-seccomp-action",
    at: "/linux/seccomp/syscalls/0/action",
    bad: rule({ action: "SCMP_ACT_DENY" }),
    good: rule({ action: "SCMP_ACT_KILL_PROCESS" }),
  },
  {
    title: "an architecture by its uname",
    code: "unknown-seccomp-architecture",
    at: "/linux/seccomp/architectures/0",
    bad: seccomp({ architectures: ["x86_64"] }),
    good: seccomp({ architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_RISCV64"] }),
  },
  {
    title: "an unknown operator",
    code: "unknown-seccomp-operator",
    at: "/linux/seccomp/syscalls/0/args/0/op",
    bad: argument(0, "=="),
    good: argument(0, "SCMP_CMP_EQ"),
  },
  {
    title: "an unknown filter flag",
    code: "unknown-seccomp-flag",
    at: "/linux/seccomp/flags/0",
    bad: seccomp({ flags: ["LOG"] }),
    good: seccomp({ flags: ["SECCOMP_FILTER_FLAG_LOG"] }),
  },
  {
    title: "a seventh argument",
    code: "out-of-range",
    at: "/linux/seccomp/syscalls/0/args/0/index",
    bad: argument(6, "SCMP_CMP_EQ"),
    good: argument(5, "SCMP_CMP_EQ"),
  },
  {
    title: "a rule for no system call",
    code: "empty-list",
    at: "/linux/seccomp/syscalls/0/names",
    bad: rule({ names: [] }),
    good: rule({ names: ["sync", "syncfs"] }),
  },
  {
    title: "an errno for a rule that allows",
    code: "misplaced-errno",
    at: "/linux/seccomp/syscalls/0/errnoRet",
    bad: rule({ action: "SCMP_ACT_ALLOW", errnoRet: 1 }),
    good: rule({ action: "SCMP_ACT_TRACE", errnoRet: 1 }),
  },
  {
    title: "a default errno for a default that allows",
    code: "misplaced-errno",
    at: "/linux/seccomp/defaultErrnoRet",
    bad: seccomp({ defaultErrnoRet: 1 }),
    good: seccomp({ defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 38 }),
  },
  {
    title: "metadata for no listener",
    code: "missing-key",
    at: "/linux/seccomp",
    bad: seccomp({ listenerMetadata: "x" }),
    good: seccomp({ listenerMetadata: "x", listenerPath: "/s" }),
  },
];
