/** Seccomp, conditions: calls that a profile lets through with some arguments and not with others. */
import { byRank } from "../order.ts";
import type { Rule } from "../rule.ts";
import { askTried, judgeTried } from "../tried-call.ts";
import { reachOf, systemCallOutcome } from "../view/system-call-outcome.ts";
import { argumentCalls } from "../view/tried-calls.ts";

/** Subjects `arguments:<case>`, one for each of {@link argumentCalls}. Value: the outcome for just these arguments. */
export const seccompArguments: Rule = {
  id: "seccomp-arguments",
  title: "A call with conditions on its arguments comes to the kernel when they are met, and else not",
  why: "Threads need clone and a sandbox fears it: only the flags tell a thread from a user namespace.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Seccomp (args)", "seccomp_rule_add(3)"],
  kind: "isolation",
  promises: ({ linux }) =>
    argumentCalls.map(({ name, call, arguments: given }) => ({
      rule: "seccomp-arguments",
      subject: `arguments:${name}`,
      value: systemCallOutcome(linux?.seccomp, call, given),
      at: "/linux/seccomp",
    })),
  compare: (before, after) => byRank(before, after, reachOf),
  ask: ({ subject, value }) => askTried(subject.slice("arguments:".length), value),
  judge: ({ subject, value }, answers) => judgeTried(subject.slice("arguments:".length), value, answers),
};
