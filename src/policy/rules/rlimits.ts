/** Resource limits of the process. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { rlimitRows, rlimitTypes } from "../../oci/vocabulary.ts";
import type { Answers } from "../answer.ts";
import { inUnits, limitJson, limitValue, parseLimits, parseShellLimit, shellLimits } from "../answers/limits.ts";
import { parsed } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { byAmount, together } from "../order.ts";
import type { Question } from "../question.ts";
import type { Comparison, Judgement, Promised, Rule } from "../rule.ts";

const question: Question = { on: "cell", ask: "read", path: "/proc/self/limits" };

/**
 * Subjects `rlimit:<type>`. Value: `{ soft, hard }`, each a number or `unlimited`; `inherited` where the config has none. Where
 * the kernel has no table of limits the shell says which it has, in its own units.
 */
export const rlimits: Rule = {
  id: "rlimits",
  title: "The configured resource limits are in force",
  why: "Without its limits a build can exhaust the machine; with other ones it fails where it should not.",
  level: "must",
  refs: ["OCI runtime spec: config.md, POSIX process (rlimits)", "getrlimit(2)"],
  kind: "isolation",
  promises: (config) => rlimitTypes.map((type) => promise(type, config)),
  compare: compareLimits,
  ask: ({ subject, value }) => (value === "inherited" ? [] : [question, ...shellQuestions(subject)]),
  judge: (promised, answers) => {
    const limits = parsed(answers.get(question), "a table of limits", parseLimits);
    if ("silent" in limits) return judgeByShell(promised, limits.silent, answers);
    const limit = limits.value.get(rlimitRows[promised.subject.slice("rlimit:".length)] ?? "");
    if (limit === undefined) return notObservable("this limit is not shown");
    const seen = limitJson(limit);
    return decide(equalJson(seen, promised.value), seen);
  },
};

function shellQuestions(subject: string): readonly Question[] {
  const shell = shellLimits[typeOf(subject)];
  return shell === undefined ? [] : [{ on: "cell", ask: "limit", resource: shell.letter }];
}

function judgeByShell({ subject, value }: Promised, silent: string, answers: Answers): Judgement {
  const [asked] = shellQuestions(subject);
  const unit = shellLimits[typeOf(subject)]?.unit ?? 1;
  const shown = asked === undefined ? undefined : parsed(answers.get(asked), "a limit", parseShellLimit);
  if (shown === undefined || "silent" in shown) return notObservable(`the limits are not shown: ${silent}`);
  const wanted = isObject(value) ? { soft: unitsOf(value["soft"], unit), hard: unitsOf(value["hard"], unit) } : {};
  const seen = limitJson(shown.value);
  return decide(equalJson(seen, wanted), unit === 1 ? seen : { ...shown.value, unit });
}

function unitsOf(value: Json | undefined, unit: number): Json {
  return typeof value === "number" || typeof value === "bigint" ? inUnits(value, unit) : (value ?? null);
}

function typeOf(subject: string): string {
  return subject.slice("rlimit:".length);
}

function promise(type: string, { process }: Config): Promised {
  const index = process?.rlimits?.findLastIndex((each) => each.type === type) ?? -1;
  const limit = process?.rlimits?.[index];
  const subject = `rlimit:${type}`;
  if (limit === undefined) return { rule: "rlimits", subject, value: "inherited", at: "/process/rlimits" };
  const value = limitJson({ soft: limitValue(limit.soft), hard: limitValue(limit.hard) });
  return { rule: "rlimits", subject, value, at: `/process/rlimits/${index}` };
}

/** Nobody knows what is inherited, so any limit is stronger than none. */
function compareLimits(before: Json, after: Json): Comparison {
  if (!isObject(before) || !isObject(after)) {
    if (isObject(before)) return "weaker";
    return isObject(after) ? "stronger" : "same";
  }
  return together(["soft", "hard"].map((key) => byAmount(amount(before[key]), amount(after[key]))));
}

function amount(value: Json | undefined): number | bigint {
  return typeof value === "number" || typeof value === "bigint" ? value : 0xffff_ffff_ffff_ffffn;
}
