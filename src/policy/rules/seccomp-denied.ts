/** Seccomp, dangerous calls: what becomes of those by which a build reaches around its sandbox. */
import { byRank } from "../order.ts";
import type { Rule } from "../rule.ts";
import { askTried, judgeTried } from "../tried-call.ts";
import { reachOf, systemCallOutcome } from "../view/system-call-outcome.ts";
import { dangerousCalls } from "../view/tried-calls.ts";

/** Subjects `denied:<call>`, one for each of {@link dangerousCalls}. Value: an outcome of view/system-call-outcome.ts. */
export const seccompDenied: Rule = {
  id: "seccomp-denied",
  title: "Calls that reach around a sandbox come to the kernel only if the profile lets them",
  why: "Keys, tracing, namespaces and new kernel interfaces are where sandboxes have been left; a filter keeps them away.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Seccomp", "seccomp(2)"],
  kind: "isolation",
  promises: ({ linux }) =>
    dangerousCalls.map(({ name, call, arguments: given }) => ({
      rule: "seccomp-denied",
      subject: `denied:${name}`,
      value: systemCallOutcome(linux?.seccomp, call, given),
      at: "/linux/seccomp",
    })),
  compare: (before, after) => byRank(before, after, reachOf),
  ask: ({ subject, value }) => askTried(subject.slice("denied:".length), value),
  judge: ({ subject, value }, answers) => judgeTried(subject.slice("denied:".length), value, answers),
};
