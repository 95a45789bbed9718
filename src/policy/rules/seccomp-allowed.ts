/** Seccomp, ordinary calls: those that builds make all the time come to the kernel where the profile lets them. */
import { sameOrDifferent } from "../order.ts";
import type { Rule } from "../rule.ts";
import { askTried, judgeTried } from "../tried-call.ts";
import { systemCallOutcome } from "../view/system-call-outcome.ts";
import { ordinaryCalls } from "../view/tried-calls.ts";

/** Subjects `allowed:<call>`, one for each of {@link ordinaryCalls}. Value: an outcome of view/system-call-outcome.ts. */
export const seccompAllowed: Rule = {
  id: "seccomp-allowed",
  title: "Calls that every build makes come to the kernel if the profile lets them",
  why: "A profile that lost a line breaks compilers in ways that look like their own faults.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Seccomp", "seccomp(2)"],
  kind: "functional",
  promises: ({ linux }) =>
    ordinaryCalls.map(({ name, call, arguments: given }) => ({
      rule: "seccomp-allowed",
      subject: `allowed:${name}`,
      value: systemCallOutcome(linux?.seccomp, call, given),
      at: "/linux/seccomp",
    })),
  compare: sameOrDifferent,
  ask: ({ subject, value }) => askTried(subject.slice("allowed:".length), value),
  judge: ({ subject, value }, answers) => judgeTried(subject.slice("allowed:".length), value, answers),
};
