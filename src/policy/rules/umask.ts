/** Umask: which permissions files made by the process lack. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Integer } from "../../oci/config.ts";
import { textOf } from "../answers/reply.ts";
import { statusOf } from "../answers/status.ts";
import { broken, decide, notObservable } from "../judgement.ts";
import { bySubset } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";

const question: Question = { on: "cell", ask: "umask" };
const host: Question = { on: "host", ask: "read", path: "/proc/self/status" };

/**
 * Subject `umask`. Value: `{ octal }`, or `inherited` where the config has none: then the runtime must not change its
 * caller's. A umask isolates less by every permission that it lets through; an inherited one is compared as the usual 0022.
 */
export const umask: Rule = {
  id: "umask",
  title: "The process starts with the configured umask",
  why: "With a looser one, everybody on the machine writes to what a build leaves; with a tighter one nobody collects it.",
  level: "must",
  refs: ["OCI runtime spec: config.md, User (umask)", "umask(2)"],
  kind: "isolation",
  promises: ({ process }) => [
    { rule: "umask", subject: "umask", value: octal(process?.user?.umask), at: "/process/user/umask" },
  ],
  compare: (before, after) => {
    const comparison = bySubset(permitted(before), permitted(after));
    return comparison === "same" && !equalJson(before, after) ? "different" : comparison;
  },
  ask: ({ value }) => (value === "inherited" ? [question, host] : [question]),
  judge: ({ value }, answers) => {
    const text = textOf(answers.get(question));
    if ("silent" in text) return notObservable(`the umask is not shown: ${text.silent}`);
    const seen = { octal: text.value.trim().padStart(4, "0") };
    if (value !== "inherited") return decide(equalJson(seen, value), seen);
    const own = statusOf(answers.get(host));
    if ("silent" in own || own.value.umask === undefined) return broken("the host does not show its own umask");
    return decide(seen.octal === own.value.umask.padStart(4, "0"), seen);
  },
};

function octal(value: Integer | undefined): Json {
  return value === undefined ? "inherited" : { octal: value.toString(8).padStart(4, "0") };
}

function permitted(value: Json): readonly Json[] {
  const mask = Number.parseInt(isObject(value) ? String(value["octal"]) : "0022", 8);
  return [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 0o4, 0o2, 0o1].filter((bit) => (mask & bit) === 0);
}
