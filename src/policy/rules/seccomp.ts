/** Seccomp: whether a filter is in force, and how strict it is where it says nothing of a call. */
import { isArray, type Json } from "../../json/value.ts";
import { statusOf } from "../answers/status.ts";
import { decide, notObservable } from "../judgement.ts";
import { byRank, bySubset } from "../order.ts";
import type { Question } from "../question.ts";
import type { Comparison, Rule } from "../rule.ts";
import { outcomeOf } from "../view/system-call-outcome.ts";

const status: Question = { on: "cell", ask: "status" };

/**
 * Subjects: `seccomp:mode` (`none` or `filter`, asked), `seccomp:default` (what becomes of a call that no rule names),
 * `seccomp:architectures` (the further ones whose calls the filter admits, sorted; `all` without a filter). The last two
 * are for comparing configs: what becomes of single calls is asked by the rule seccomp-calls.
 */
export const seccomp: Rule = {
  id: "seccomp",
  title: "A seccomp filter is in force exactly when the config has one",
  why: "A filter that is dropped in silence leaves every system call of the kernel open to a build.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Seccomp", "seccomp(2)", "proc_pid_status(5)"],
  kind: "isolation",
  promises: ({ linux }) => {
    const profile = linux?.seccomp;
    const byDefault = profile === undefined ? "kernel" : outcomeOf(profile.defaultAction, profile.defaultErrnoRet);
    const others = profile === undefined ? "all" : [...new Set(profile.architectures)].sort();
    return [
      {
        rule: "seccomp",
        subject: "seccomp:mode",
        value: profile === undefined ? "none" : "filter",
        at: "/linux/seccomp",
      },
      { rule: "seccomp", subject: "seccomp:default", value: byDefault, at: "/linux/seccomp/defaultAction" },
      { rule: "seccomp", subject: "seccomp:architectures", value: others, at: "/linux/seccomp/architectures" },
    ];
  },
  compare,
  ask: ({ subject }) => (subject === "seccomp:mode" ? [status] : []),
  judge: (promised, answers) => {
    const reply = statusOf(answers.get(status));
    if ("silent" in reply) return notObservable(`the process status is not shown: ${reply.silent}`);
    const seen = reply.value.seccomp;
    if (seen === undefined) return notObservable("the process status does not show Seccomp");
    return decide(seen === promised.value, seen);
  },
};

function compare(before: Json, after: Json): Comparison {
  if (isArray(before) || isArray(after)) {
    if (after === "all") return "weaker";
    return before === "all" ? "stronger" : bySubset(before, after);
  }
  // A filter is stricter than none; a call that comes to the kernel by default is less filtered than any other.
  return byRank(before, after, (value) => (value === "none" || value === "kernel" ? 2 : value === "filter" ? 1 : 0));
}
