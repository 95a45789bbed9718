/** Seccomp, new calls: what a program is told that tries something which its profile is too old to know. */
import { sameOrDifferent } from "../order.ts";
import type { Rule } from "../rule.ts";
import { askTried, judgeTried } from "../tried-call.ts";
import { systemCallOutcome } from "../view/system-call-outcome.ts";
import { newCalls } from "../view/tried-calls.ts";

/**
 * Subjects `new:<call>`, one for each of {@link newCalls}, among them one that no kernel has. Value: an outcome of
 * view/system-call-outcome.ts. Which errno it is matters: programs fall back on ENOSYS and give up on EPERM.
 */
export const seccompNew: Rule = {
  id: "seccomp-new",
  title: "Calls that a profile does not know get the answer that it gives by default",
  why: "A library that is told EPERM instead of ENOSYS does not try the older call, and the build fails.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Seccomp (defaultAction, defaultErrnoRet)", "seccomp(2)"],
  kind: "functional",
  promises: ({ linux }) =>
    newCalls.map(({ name, call, arguments: given }) => ({
      rule: "seccomp-new",
      subject: `new:${name}`,
      value: systemCallOutcome(linux?.seccomp, call, given),
      at: "/linux/seccomp",
    })),
  compare: sameOrDifferent,
  ask: ({ subject, value }) => askTried(subject.slice("new:".length), value),
  judge: ({ subject, value }, answers) => judgeTried(subject.slice("new:".length), value, answers),
};
