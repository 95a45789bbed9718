/** Masked paths: what the config masks shows nothing. */
import type { Answers } from "../answer.ts";
import { isKeptAway } from "../answers/kept-away.ts";
import { mountOn, mountsOf } from "../answers/mounts.ts";
import { textOf } from "../answers/reply.ts";
import { type Stat, statOf } from "../answers/stat.ts";
import { lines } from "../answers/words.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { byOpening } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { insidePath } from "../view/path.ts";
import { sensitiveToRead } from "../view/sensitive-paths.ts";

const mounts: Question = { on: "cell", ask: "mounts" };

/**
 * Subjects `masked:<path>`, for what the config masks and for all of {@link sensitiveToRead}. Value: `masked` or `exposed`.
 * A masked file is the null device or an empty file mounted over it, a masked directory an empty directory mounted over it.
 * What the host has there and the cell does not, it does not show either; what neither has cannot be masked.
 */
export const maskedPaths: Rule = {
  id: "masked-paths",
  title: "Masked paths show nothing of the machine",
  why: "The kernel's memory, keys, timers and firmware tables tell a build about the machine and its other users.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Masked Paths"],
  kind: "isolation",
  promises: ({ linux }) => {
    const masked = (linux?.maskedPaths ?? []).map(insidePath);
    const paths = [...new Set([...masked, ...sensitiveToRead])].sort();
    return paths.map((path) => ({
      rule: "masked-paths",
      subject: `masked:${path}`,
      value: masked.includes(path) ? "masked" : "exposed",
      at: "/linux/maskedPaths",
    }));
  },
  // A path that the other config does not speak of is as exposed as one that it does not mask.
  compare: (before, after) => byOpening(before !== "masked", after !== "masked"),
  ask: (promised) => {
    if (promised.value !== "masked") return [];
    const path = pathOf(promised);
    // Reading an unknown file may block; those of the vocabulary do not.
    const read: readonly Question[] = sensitiveToRead.includes(path) ? [{ on: "cell", ask: "read", path }] : [];
    return [stat(promised), { on: "cell", ask: "list", path }, ...read, exists(promised), onHost(promised), mounts];
  },
  judge: (promised, answers) => {
    const reply = statOf(answers.get(stat(promised)));
    if ("silent" in reply) {
      if (isKeptAway(answers.get(exists(promised)), answers.get(onHost(promised)))) return holds("not in the cell");
      return notObservable(`there is nothing to mask in the cell: ${reply.silent}`);
    }
    const { type, deviceNumber } = reply.value;
    if (type === "char" && deviceNumber === "1:3") return judgeContent(promised, "the null device", answers);
    const table = mountsOf(answers.get(mounts));
    if ("silent" in table) return notObservable(`the mount table is not shown: ${table.silent}`);
    if (mountOn(table.value, pathOf(promised)) === undefined) return violated(`${type} without a mount on it`);
    return type === "dir" ? judgeDirectory(promised, answers) : judgeOther(promised, type, answers);
  },
};

function judgeDirectory(promised: Promised, answers: Answers): Judgement {
  const list = textOf(answers.get({ on: "cell", ask: "list", path: pathOf(promised) }));
  if ("silent" in list) return notObservable(`the directory is not listed: ${list.silent}`);
  const names = lines(list.value);
  return decide(names.length === 0, { directory: names.slice(0, 10) });
}

function judgeOther(promised: Promised, type: Stat["type"], answers: Answers): Judgement {
  return type === "file" ? judgeContent(promised, "an empty file", answers) : violated(type);
}

/** A refusal to read is not emptiness, but the null device has nothing to read in any case. */
function judgeContent(promised: Promised, what: string, answers: Answers): Judgement {
  const path = pathOf(promised);
  if (!sensitiveToRead.includes(path)) {
    return what === "the null device" ? holds(what) : notObservable("files beyond the usual ones are not read");
  }
  const content = textOf(answers.get({ on: "cell", ask: "read", path }));
  if ("value" in content) return decide(content.value === "", content.value === "" ? what : "it has content");
  return what === "the null device" ? holds(what) : notObservable(`the file is not read: ${content.silent}`);
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
  return subject.slice("masked:".length);
}
