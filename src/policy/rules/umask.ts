/** Umask: which permissions files made by the process lack. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Integer } from "../../oci/config.ts";
import { textOf } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { bySubset } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";

const question: Question = { on: "cell", ask: "umask" };

/**
 * Subject `umask`. Value: `{ octal }`, or `inherited` where the config has none, of which nothing is asked. A umask isolates
 * less by every permission that it lets through; an inherited one has no order.
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
    if (equalJson(before, after)) return "same";
    return isObject(before) && isObject(after) ? bySubset(permitted(before), permitted(after)) : "different";
  },
  ask: ({ value }) => (value === "inherited" ? [] : [question]),
  judge: ({ value }, answers) => {
    const text = textOf(answers.get(question));
    if ("silent" in text) return notObservable(`the umask is not shown: ${text.silent}`);
    const seen = { octal: text.value.trim().padStart(4, "0") };
    return decide(equalJson(seen, value), seen);
  },
};

function octal(value: Integer | undefined): Json {
  return value === undefined ? "inherited" : { octal: value.toString(8).padStart(4, "0") };
}

function permitted({ octal: text = "0" }: JsonObject): readonly Json[] {
  const mask = Number.parseInt(String(text), 8);
  return [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 0o4, 0o2, 0o1].filter((bit) => (mask & bit) === 0);
}
