/** Working directory: where the process starts. */
import { textOf } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";
import { insidePath } from "../view/path.ts";

const question: Question = { on: "cell", ask: "cwd" };

/** Value: the clean absolute path. */
export const workingDirectory: Rule = {
  id: "working-directory",
  title: "The process starts in the configured directory",
  why: "A build in another directory reads and writes other files than the ones it names.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Process (cwd)", "proc_pid_cwd(5)"],
  kind: "functional",
  promises: ({ process }) => [
    { rule: "working-directory", subject: "cwd", value: insidePath(process?.cwd ?? "/"), at: "/process/cwd" },
  ],
  compare: sameOrDifferent,
  ask: () => [question],
  judge: (promised, answers) => {
    const text = textOf(answers.get(question));
    if ("silent" in text) return notObservable(`the working directory is not shown: ${text.silent}`);
    return decide(text.value === promised.value, text.value);
  },
};
