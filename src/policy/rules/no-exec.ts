/** No execution: programs on a mount with noexec do not run. */
import { isObject, type Json } from "../../json/value.ts";
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { endName, outcomeOf, resultOf } from "../answers/reply.ts";
import { holds, notObservable, violated } from "../judgement.ts";
import { byOpening } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { mountTable, type PlannedMount } from "../view/mount-table.ts";
import { hasFlag, kindOf, ownPath, ownPlace } from "../view/own-file.ts";

/** The same program where nothing forbids it. */
const control: Question = {
  on: "cell",
  ask: "call",
  call: "execute",
  argument: "/.cupel/effective-user",
  prepared: { program: "effective-user" },
};

/**
 * Subjects `exec:<destination>`, one for each mount. Value: `hidden`, `executes`, or `{ programs: "refused", on, source? }`,
 * which is judged: a program of ours is put there and must not run.
 */
export const noExec: Rule = {
  id: "no-exec",
  title: "Programs on a mount with noexec do not run",
  why: "A directory for data from which programs run is where a break-in is unpacked.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Linux mount options (noexec)", "mount(2), MS_NOEXEC", "execve(2), EACCES"],
  kind: "isolation",
  promises: (config) =>
    mountTable(config).map((planned) => ({
      rule: "no-exec",
      subject: `exec:${planned.destination}`,
      value: promiseFor(planned),
      at: `${planned.at}/options`,
    })),
  compare: (before, after) => byOpening(before === "executes", after === "executes"),
  ask: (promised, cell) => {
    if (!isObject(promised.value) || promised.value["on"] === "other") return [];
    const path = pathOf(promised);
    const execute = { on: "cell", ask: "call", call: "execute", argument: path } as const;
    const place = ownPlace(promised.value, "program", cell);
    if (place !== undefined) return [control, { ...execute, prepared: { program: "effective-user", place } }];
    return [control, make(promised), execute, { on: "cell", ask: "call", call: "remove", argument: path }];
  },
  judge: (promised, answers) => {
    if (isObject(promised.value) && promised.value["on"] === "tmpfs") {
      const made = resultOf(answers.get(make(promised)));
      if ("silent" in made) return notObservable(`no program was made there: ${made.silent}`);
      if (made.value < 0) return notObservable(`no program was made there: ${resultName(made.value)}`);
    }
    return judgeExecution(promised, answers);
  },
};

function promiseFor(planned: PlannedMount): Json {
  if (planned.hidden) return "hidden";
  return hasFlag(planned, "noexec") ? { programs: "refused", ...kindOf(planned) } : "executes";
}

function judgeExecution(promised: Promised, answers: Answers): Judgement {
  const reference = outcomeOf(answers.get(control));
  if ("silent" in reference) return notObservable(`no program was executed: ${reference.silent}`);
  if (typeof reference.value === "number") {
    return notObservable(`the same program does not run elsewhere: ${resultName(reference.value)}`);
  }
  const tried = outcomeOf(answers.get({ on: "cell", ask: "call", call: "execute", argument: pathOf(promised) }));
  if ("silent" in tried) return notObservable(`it was not executed: ${tried.silent}`);
  if (typeof tried.value !== "number") return violated({ ran: endName(tried.value) });
  if (failedWith(tried.value, "EACCES")) return holds("EACCES");
  return notObservable(`executing it fails with ${resultName(tried.value)}, which says nothing of the mount`);
}

function pathOf({ subject }: Promised): string {
  return ownPath(subject.slice("exec:".length), "program");
}

function make(promised: Promised): Question {
  return { on: "cell", ask: "call", call: "make-program", argument: pathOf(promised) };
}
