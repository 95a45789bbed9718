/** Arguments: the argument vector of the process. */
import { equalJson } from "../../json/equal.ts";
import { textOf } from "../answers/reply.ts";
import { nulWords } from "../answers/words.ts";
import { decide, notObservable } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";

const question: Question = { on: "cell", ask: "args" };

/** Value: the list of arguments, the program first. (`arguments` itself is a reserved word.) */
export const processArguments: Rule = {
  id: "arguments",
  title: "The process gets exactly the configured arguments",
  why: "A runtime that splits, joins or drops an argument runs another build than the one asked for.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Process (args)", "execve(2)"],
  kind: "functional",
  promises: ({ process }) => [{ rule: "arguments", subject: "args", value: process?.args ?? [], at: "/process/args" }],
  compare: sameOrDifferent,
  ask: () => [question],
  judge: (promised, answers) => {
    const text = textOf(answers.get(question));
    if ("silent" in text) return notObservable(`the arguments are not shown: ${text.silent}`);
    const seen = nulWords(text.value);
    return decide(equalJson(seen, promised.value), seen);
  },
};
