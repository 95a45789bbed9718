/** Environment: the variables of the config, exactly. */
import { equalJson } from "../../json/equal.ts";
import { isArray } from "../../json/value.ts";
import { textOf } from "../answers/reply.ts";
import { nulWords } from "../answers/words.ts";
import { decide, notObservable } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";
import { variableName } from "../view/variable-name.ts";

const question: Question = { on: "cell", ask: "environ" };

/**
 * Subjects: `environment`, value the entries `NAME=value`, sorted, duplicates included; `environment-order`, value the same in
 * their order. What is there under other names is the rule environment-extra's.
 */
export const environment: Rule = {
  id: "environment",
  title: "Every configured variable is there, in order and unchanged",
  why: "A variable that is lost, changed or merged with another makes a build do something else.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Process (env)", "environ(7)"],
  kind: "functional",
  promises: ({ process }) => [
    { rule: "environment", subject: "environment", value: [...(process?.env ?? [])].sort(), at: "/process/env" },
    { rule: "environment", subject: "environment-order", value: process?.env ?? [], at: "/process/env" },
  ],
  compare: sameOrDifferent,
  ask: () => [question],
  judge: ({ subject, value }, answers) => {
    const text = textOf(answers.get(question));
    if ("silent" in text) return notObservable(`the environment is not shown: ${text.silent}`);
    const names = new Set(isArray(value) ? value.map((entry) => variableName(String(entry))) : []);
    const shown = nulWords(text.value).filter((entry) => names.has(variableName(entry)));
    const seen = subject === "environment" ? shown.sort() : shown;
    return decide(equalJson(seen, value), seen);
  },
};
