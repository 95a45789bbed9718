/** Streams: the terminal, and no open file beyond the three standard ones. */
import { equalJson } from "../../json/equal.ts";
import type { Json } from "../../json/value.ts";
import type { Answers } from "../answer.ts";
import { mountOn, mountsOf } from "../answers/mounts.ts";
import { textOf } from "../answers/reply.ts";
import { lines } from "../answers/words.ts";
import { decide, notObservable } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";

const terminal: Question = { on: "cell", ask: "terminal" };
const mounts: Question = { on: "cell", ask: "mounts" };
const descriptors: Question = { on: "cell", ask: "descriptors" };

/**
 * Subjects: `terminal`, value whether the three standard streams are one, which the runtime then mounts on /dev/console;
 * `descriptors`, value the numbers of the open files, none of which leads to a file or directory.
 */
export const streams: Rule = {
  id: "streams",
  title: "The process has its three standard streams, a terminal if configured, and nothing else open",
  why: "A descriptor that the runtime or its caller left open leads a build straight out of its sandbox.",
  level: "must",
  refs: [
    "OCI runtime spec: config.md, Process (terminal)",
    "OCI runtime spec: config-linux.md, Default Devices",
    "isatty(3)",
    "proc_pid_fd(5)",
  ],
  kind: "functional",
  promises: ({ process }) => [
    { rule: "streams", subject: "terminal", value: process?.terminal === true, at: "/process/terminal" },
    { rule: "streams", subject: "descriptors", value: [0, 1, 2], at: "/process" },
  ],
  compare: sameOrDifferent,
  ask: ({ subject }) => (subject === "terminal" ? [terminal, mounts] : [descriptors]),
  judge: (promised, answers) =>
    promised.subject === "terminal" ? judgeTerminal(promised, answers) : judgeDescriptors(promised, answers),
};

function judgeTerminal({ value }: Promised, answers: Answers): Judgement {
  const text = textOf(answers.get(terminal));
  if ("silent" in text) return notObservable(`the streams are not shown: ${text.silent}`);
  const words = text.value.trim().split(" ");
  if (words.length !== 3) return notObservable("the answer is not about three streams");
  const table = mountsOf(answers.get(mounts));
  if ("silent" in table) return notObservable(`the mount table is not shown: ${table.silent}`);
  // The caller's own terminal, handed through, is one as well; the cell's own lies on its console.
  const console = mountOn(table.value, "/dev/console") !== undefined;
  const wanted = value === true ? "yes" : "no";
  return decide(console === value && words.every((word) => word === wanted), { streams: words, console });
}

function judgeDescriptors({ value }: Promised, answers: Answers): Judgement {
  const text = textOf(answers.get(descriptors));
  if ("silent" in text) return notObservable(`the descriptors are not shown: ${text.silent}`);
  const open = lines(text.value);
  const numbers: readonly Json[] = open.map((line) => Number(line.split(" ")[0])).sort((a, b) => a - b);
  return decide(equalJson(numbers, value) && open.every(isStream), open);
}

/**
 * A stream has no path, or that of a terminal, by which name its file system has it. A directory or a file of the host in the
 * place of one leads out of the cell like any other that is left open.
 */
function isStream(line: string): boolean {
  const target = line.slice(line.indexOf(" ") + 1);
  return !target.startsWith("/") || /^(\/dev\/(null|console|tty|pts\/[0-9]+)|\/[0-9]+)$/.test(target);
}
