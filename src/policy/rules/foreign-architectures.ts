/** Foreign architectures: whether the entries for 32-bit and x32 programs lead past the filter. */
import type { Json } from "../../json/value.ts";
import type { Seccomp } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { endName, outcomeOf } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { CallName, Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { isFilterKill, kernelQuestion } from "../tried-call.ts";
import { reachOf, systemCallOutcome } from "../view/system-call-outcome.ts";

/** The further entries of an x86-64 kernel. */
const entries: { readonly [subject: string]: { readonly name: string; readonly call: CallName } } = {
  "architecture:x32": { name: "SCMP_ARCH_X32", call: "getpid-x32" },
  "architecture:x86": { name: "SCMP_ARCH_X86", call: "getpid-x86" },
};

/**
 * Subjects `architecture:x32` and `architecture:x86`. Value: what becomes of getpid(2) made through that entry: the outcome
 * that the profile has for it where it admits the architecture, `not-admitted` where it has one and does not.
 */
export const foreignArchitectures: Rule = {
  id: "foreign-architectures",
  title: "System calls of another architecture are filtered like those of the machine's own",
  why: "A filter that looks at numbers of one architecture only is left behind by asking through another entry.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Seccomp (architectures)", "seccomp(2), Caveats", "seccomp_arch_add(3)"],
  kind: "isolation",
  promises: ({ linux }) =>
    Object.entries(entries).map(([subject, { name }]) => ({
      rule: "foreign-architectures",
      subject,
      value: outcomeBy(linux?.seccomp, name),
      at: "/linux/seccomp/architectures",
    })),
  compare: (before, after) => byRank(before, after, reachOf),
  ask: (promised) =>
    promised.value === "notify" || promised.value === "by-argument"
      ? []
      : [made("cell", promised), made("host", promised), kernelQuestion],
  judge: (promised, answers) => judgeEntry(promised, answers),
};

function outcomeBy(profile: Seccomp | undefined, architecture: string): Json {
  if (profile === undefined) return "kernel";
  return (profile.architectures ?? []).includes(architecture)
    ? systemCallOutcome(profile, "getpid", [])
    : "not-admitted";
}

function judgeEntry(promised: Promised, answers: Answers): Judgement {
  const cell = outcomeOf(answers.get(made("cell", promised)));
  if ("silent" in cell) return notObservable(`the call was not made: ${cell.silent}`);
  if (typeof cell.value !== "number") {
    if (!isFilterKill(cell.value)) return notObservable(`the attempt ended with ${endName(cell.value)}`);
    return decide(promised.value === "kill" || promised.value === "not-admitted", "kill");
  }
  const host = outcomeOf(answers.get(made("host", promised)));
  if ("silent" in host) return notObservable(`nobody tried without a filter: ${host.silent}`);
  if (typeof host.value !== "number" || host.value < 0) return notObservable("this kernel has no such entry");
  if (cell.value > 0) return decide(promised.value === "kernel", "kernel");
  // Where the entry is switched off for the cell alone, that is no word of the filter.
  if (failedWith(cell.value, "ENOSYS") && promised.value !== "not-admitted") return notObservable("ENOSYS");
  const seen = cell.value === 0 ? "swallowed" : `errno:${-cell.value}`;
  return decide(
    promised.value === "not-admitted" || seen === promised.value,
    cell.value < 0 ? resultName(cell.value) : seen,
  );
}

function made(on: "cell" | "host", { subject }: Promised): Question {
  const entry = entries[subject];
  if (entry === undefined) throw new Error(`${subject} is no architecture of this rule`);
  return { on, ask: "call", call: entry.call };
}
