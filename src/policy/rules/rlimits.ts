/** Resource limits of the process. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { rlimitRows, rlimitTypes } from "../../oci/vocabulary.ts";
import { limitJson, limitValue, parseLimits } from "../answers/limits.ts";
import { parsed } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { byAmount, together } from "../order.ts";
import type { Question } from "../question.ts";
import type { Comparison, Promised, Rule } from "../rule.ts";

const question: Question = { on: "cell", ask: "read", path: "/proc/self/limits" };

/** Subjects `rlimit:<type>`. Value: `{ soft, hard }`, each a number or `unlimited`; `inherited` where the config has none. */
export const rlimits: Rule = {
  id: "rlimits",
  title: "The configured resource limits are in force",
  why: "Without its limits a build can exhaust the machine; with other ones it fails where it should not.",
  level: "must",
  refs: ["OCI runtime spec: config.md, POSIX process (rlimits)", "getrlimit(2)"],
  kind: "isolation",
  promises: (config) => rlimitTypes.map((type) => promise(type, config)),
  compare: compareLimits,
  ask: ({ value }) => (value === "inherited" ? [] : [question]),
  judge: (promised, answers) => {
    const limits = parsed(answers.get(question), "a table of limits", parseLimits);
    if ("silent" in limits) return notObservable(`the limits are not shown: ${limits.silent}`);
    const limit = limits.value.get(rlimitRows[promised.subject.slice("rlimit:".length)] ?? "");
    if (limit === undefined) return notObservable("this limit is not shown");
    const seen = limitJson(limit);
    return decide(equalJson(seen, promised.value), seen);
  },
};

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
