/** Exports: what a build writes as its output is found where the system looks for it. */
import { isObject, type Json } from "../../json/value.ts";
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { resultOf } from "../answers/reply.ts";
import { statOf } from "../answers/stat.ts";
import { decide, notObservable, violated } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { mountTable } from "../view/mount-table.ts";
import { bindAccess } from "../view/write-probe.ts";

/** The answer to a `collected` question about a path that does not exist. */
const notThere = "not there";

/**
 * Subjects: `export:<path>` for each declared output of a cell, value `{ outside }`, and `afterwards:<path>` for what the
 * system keeps or removes, value `kept` or `removed`, which are judged; and `export-root:<destination>` for each writable
 * bind of a config, value `{ source }`, which is compared only.
 */
export const exports: Rule = {
  id: "exports",
  title: "Declared outputs are found on the host where the system looks for them",
  why: "A build succeeds and its result is lost, or something else is taken for it.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Mounts", "mount(2), MS_BIND"],
  kind: "functional",
  promises: (config) =>
    mountTable(config)
      .filter((planned) => planned.bind && bindAccess(planned) === "writable")
      .map(({ destination, mount, at }) => ({
        rule: "exports",
        subject: `export-root:${destination}`,
        value: { source: mount.source ?? "" },
        at: `${at}/source`,
      })),
  ofCell: ({ outputs, afterwards = [] }) => [
    ...outputs.map(({ inside, outside }) => promise(`export:${inside}`, { outside })),
    ...afterwards.map(({ path, is }) => promise(`afterwards:${path}`, is)),
  ],
  compare: sameOrDifferent,
  ask: (promised) => {
    if (isAfterwards(promised)) return [remains(promised)];
    const outside = outsideOf(promised.value);
    return outside === undefined ? [] : [create(promised), { on: "host", ask: "collected", path: outside }];
  },
  judge: (promised, answers) => {
    if (isAfterwards(promised)) return judgeAfterwards(promised, answers);
    const made = resultOf(answers.get(create(promised)));
    if ("silent" in made) return notObservable(`the output was not written: ${made.silent}`);
    if (failedWith(made.value, "EROFS")) return violated("the output cannot be written: EROFS");
    if (made.value < 0) return notObservable(`the output was not written: ${resultName(made.value)}`);
    const answer = answers.get({ on: "host", ask: "collected", path: outsideOf(promised.value) ?? "" });
    if ("unable" in answer) return notObservable(answer.unable);
    const found = statOf(answer);
    if ("silent" in found) return violated(`the output was written, but it is not there: ${found.silent}`);
    return decide(found.value.type === "file", found.value.type);
  },
};

function promise(subject: string, value: Json): Promised {
  return { rule: "exports", subject, value, at: "/mounts" };
}

function judgeAfterwards(promised: Promised, answers: Answers): Judgement {
  const answer = answers.get(remains(promised));
  if ("text" in answer && answer.text === notThere) return decide(promised.value === "removed", "removed");
  const found = statOf(answer);
  if ("silent" in found) return notObservable(`it was not looked for: ${found.silent}`);
  return decide(promised.value === "kept", "kept");
}

function isAfterwards({ subject }: Promised): boolean {
  return subject.startsWith("afterwards:");
}

function remains({ subject }: Promised): Question {
  return { on: "host", ask: "collected", path: subject.slice("afterwards:".length) };
}

function create({ subject }: Promised): Question {
  return { on: "cell", ask: "call", call: "create", argument: subject.slice("export:".length) };
}

function outsideOf(value: Json): string | undefined {
  return isObject(value) && typeof value["outside"] === "string" ? value["outside"] : undefined;
}
