/** Read-only paths: what the config makes read-only cannot be written to. */
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { isKeptAway } from "../answers/kept-away.ts";
import { isReadOnly, mountAt, mountsOf } from "../answers/mounts.ts";
import { resultOf } from "../answers/reply.ts";
import { statOf } from "../answers/stat.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { byOpening } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { insidePath } from "../view/path.ts";
import { sensitiveToWrite, writeWitnesses } from "../view/sensitive-paths.ts";

const mounts: Question = { on: "cell", ask: "mounts" };

/**
 * Subjects `readonly:<path>`, for what the config makes read-only and for all of {@link sensitiveToWrite}. Value: `read-only`
 * or `writable`. Judged by opening the path, or a file below it, for writing (nothing is written), and by the mount that
 * covers it. What the host has there and the cell does not, nobody writes to either.
 */
export const readonlyPaths: Rule = {
  id: "readonly-paths",
  title: "Read-only paths cannot be written to",
  why: "A build that writes to the kernel's settings changes the machine under everybody.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Readonly Paths", "open(2), EROFS"],
  kind: "isolation",
  promises: ({ linux }) => {
    const readOnly = (linux?.readonlyPaths ?? []).map(insidePath);
    const paths = [...new Set([...readOnly, ...sensitiveToWrite])].sort();
    return paths.map((path) => ({
      rule: "readonly-paths",
      subject: `readonly:${path}`,
      value: readOnly.includes(path) ? "read-only" : "writable",
      at: "/linux/readonlyPaths",
    }));
  },
  compare: (before, after) => byOpening(before !== "read-only", after !== "read-only"),
  ask: (promised) =>
    promised.value === "read-only" ? [stat(promised), open(promised), exists(promised), onHost(promised), mounts] : [],
  judge: (promised, answers) => {
    const reply = statOf(answers.get(stat(promised)));
    if ("silent" in reply) {
      if (isKeptAway(answers.get(exists(promised)), answers.get(onHost(promised)))) return holds("not in the cell");
      return notObservable(`there is nothing to protect in the cell: ${reply.silent}`);
    }
    const opened = resultOf(answers.get(open(promised)));
    if ("value" in opened && opened.value >= 0) return violated("it opens for writing");
    if ("value" in opened && failedWith(opened.value, "EROFS")) return holds("EROFS");
    return judgeMount(promised, "value" in opened ? resultName(opened.value) : opened.silent, answers);
  },
};

/** Permissions answer before the mount does, so the mount table has the last word. */
function judgeMount(promised: Promised, opening: string, answers: Answers): Judgement {
  const table = mountsOf(answers.get(mounts));
  if ("silent" in table) return notObservable(`the mount table is not shown: ${table.silent}`);
  const entry = mountAt(table.value, pathOf(promised));
  if (entry === undefined) return notObservable("the mount table shows no mount around it");
  const { mountPoint, options, superOptions } = entry;
  return decide(isReadOnly(entry), { opening, mountPoint, options, superOptions });
}

function open(promised: Promised): Question {
  const path = pathOf(promised);
  const witness = Object.hasOwn(writeWitnesses, path) ? writeWitnesses[path] : undefined;
  return { on: "cell", ask: "call", call: "open-write", argument: witness ?? path };
}

function exists(promised: Promised): Question {
  return { on: "cell", ask: "call", call: "access-exist", argument: pathOf(promised) };
}

function onHost(promised: Promised): Question {
  return { on: "host", ask: "stat", path: pathOf(promised) };
}

function stat(promised: Promised): Question {
  return { on: "cell", ask: "stat", path: pathOf(promised) };
}

function pathOf({ subject }: Promised): string {
  return subject.slice("readonly:".length);
}
