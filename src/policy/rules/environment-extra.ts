/** Extra environment: no variable that the config does not name, and nothing of the caller's. */
import { isArray, type Json } from "../../json/value.ts";
import { textOf } from "../answers/reply.ts";
import { nulWords } from "../answers/words.ts";
import { decide, notObservable } from "../judgement.ts";
import { bySubset } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";
import { variableName } from "../view/variable-name.ts";

const question: Question = { on: "cell", ask: "environ" };

/**
 * Subjects: `environment-names`, value the sorted names that may be there; `environment-of-caller`, value `nothing`: no entry
 * carries the word that the caller's canary variable holds.
 */
export const environmentExtra: Rule = {
  id: "environment-extra",
  title: "No variable is there that the config does not name",
  why: "A variable of the caller brings its secrets into the build, and the machine into its result.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Process (env)", "environ(7)"],
  kind: "isolation",
  promises: ({ process }) => [
    {
      rule: "environment-extra",
      subject: "environment-names",
      value: [...new Set((process?.env ?? []).map(variableName))].sort(),
      at: "/process/env",
    },
    { rule: "environment-extra", subject: "environment-of-caller", value: "nothing", at: "/process/env" },
  ],
  compare: bySubset,
  ask: () => [question],
  judge: ({ subject, value }, answers, cell) => {
    const text = textOf(answers.get(question));
    if ("silent" in text) return notObservable(`the environment is not shown: ${text.silent}`);
    const entries = nulWords(text.value);
    const extra = subject === "environment-names" ? entries.filter((entry) => !isNamed(entry, value)) : [];
    const leaked = subject === "environment-of-caller" ? entries.filter((entry) => entry.includes(cell.token)) : [];
    const seen = [...extra, ...leaked].map(variableName);
    return decide(seen.length === 0, seen.length === 0 ? "nothing" : seen);
  },
};

function isNamed(entry: string, names: Json): boolean {
  return isArray(names) && names.includes(variableName(entry));
}
