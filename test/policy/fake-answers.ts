/** Hand-made answers for the judges of rules. */
import { mergePatch } from "../../src/json/merge-patch.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import type { Answer, Answers } from "../../src/policy/answer.ts";
import type { Question } from "../../src/policy/question.ts";
import { questionLine } from "../../src/policy/question-line.ts";
import type { CellFacts, Judgement, Promised, Rule } from "../../src/policy/rule.ts";

/** The facts of the cell that all these answers come from. */
export const facts: CellFacts = {
  token: "cupel-token-5f3a",
  canaryPid: 4711,
  port: 40123,
  socket: "cupel-socket",
  bundle: "/work/7/bundle",
  outputs: [{ inside: "/nix/store/out", outside: "/work/7/bundle/scratch/store/out" }],
  afterwards: [{ path: "/work/7/scratch", is: "removed" }],
};

/** Answers by question line: a text, a system call's result, or a whole answer. */
export type Given = { readonly [line: string]: string | number | Answer };

/** What `find`, `ls`, `cat` say of what is not there. */
export const missing: Answer = { failed: "No such file or directory" };

/** What is said where raw system calls cannot be made. */
export const unable: Answer = { unable: "no raw system calls here" };

/** A config: a small one with `changes` merged into it (RFC 7396). */
export function configWith(changes: JsonObject = {}): Config {
  return mergePatch(small, changes) as unknown as Config;
}

/** The promise about `subject` that `rule` finds in `config`, or adds for the cell. */
export function promiseOf(rule: Rule, config: Config, subject: string): Promised {
  const all = [...rule.promises(config), ...(rule.ofCell?.(facts) ?? [])];
  const found = all.find((promised) => promised.subject === subject);
  if (found === undefined) throw new Error(`no ${subject} among ${all.map((each) => each.subject).join(" ")}`);
  return found;
}

/** The value that `rule` finds in `config` for `subject`. */
export function valueIn(rule: Rule, config: Config, subject: string): Json {
  return promiseOf(rule, config, subject).value;
}

/** The lines of what is asked about `subject`. */
export function asked(rule: Rule, config: Config, subject: string): readonly string[] {
  return rule.ask(promiseOf(rule, config, subject), facts).map(questionLine);
}

/** Judges `subject` of `config` by `given`, which must have an answer for everything that is asked and looked at. */
export function judge(
  rule: Rule,
  config: Config,
  subject: string,
  given: Given,
  more: Partial<CellFacts> = {},
): Judgement {
  const promised = promiseOf(rule, config, subject);
  const known = { ...facts, ...more };
  return rule.judge(promised, answersFrom(given, rule.ask(promised, known)), known);
}

/** The word of the judgement alone. */
export function verdict(rule: Rule, config: Config, subject: string, given: Given): Judgement["is"] {
  return judge(rule, config, subject, given).is;
}

/** Answers to `questions` and no others, as the runner gives them to a rule. */
function answersFrom(given: Given, questions: readonly Question[]): Answers {
  const lines = questions.map(questionLine);
  for (const line of Object.keys(given)) {
    if (!lines.includes(line)) throw new Error(`nobody asks "${line}"; asked: ${lines.join(", ")}`);
  }
  return {
    get(question: Question): Answer {
      const line = questionLine(question);
      if (!lines.includes(line)) throw new Error(`the rule reads an answer it did not ask for: ${line}`);
      const answer = given[line];
      if (answer === undefined) throw new Error(`no answer was given to: ${line}`);
      if (typeof answer === "string") return { text: answer };
      return typeof answer === "number" ? { result: answer } : answer;
    },
  };
}

const small: JsonObject = {
  ociVersion: "1.0.2",
  root: { path: "rootfs", readonly: true },
  mounts: [{ destination: "/proc", type: "proc", source: "proc" }],
  process: {
    terminal: false,
    user: { uid: 1000, gid: 100 },
    args: ["/cupel/step"],
    env: ["A=1"],
    cwd: "/build",
  },
  linux: { namespaces: ["pid", "ipc", "uts", "mount", "network"].map((type) => ({ type })) },
};
