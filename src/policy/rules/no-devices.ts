/** No devices: nodes on a mount with nodev do not open. */
import { isObject, type Json } from "../../json/value.ts";
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { resultOf } from "../answers/reply.ts";
import { holds, notObservable, violated } from "../judgement.ts";
import { byOpening } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { nullDevice } from "../view/devices.ts";
import { mountTable, type PlannedMount } from "../view/mount-table.ts";
import { hasFlag, kindOf, ownPath, ownPlace } from "../view/own-file.ts";

/** The same node where nothing forbids it. */
const control: Question = {
  on: "cell",
  ask: "call",
  call: "open-read",
  argument: "/.cupel/nodes/null",
  prepared: nullDevice,
};

/**
 * Subjects `nodes:<destination>`, one for each mount. Value: `hidden`, `open`, or `{ nodes: "refused", on, source? }`, which is
 * judged: a node for the null device is put there, or made by the cell, and must not open.
 */
export const noDevices: Rule = {
  id: "no-devices",
  title: "Device nodes on a mount with nodev do not open",
  why: "Whoever may write to the source of a bind, on the host or in another build, can leave a node for a disk there.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Linux mount options (nodev)", "mount(2), MS_NODEV", "open(2), EACCES"],
  kind: "isolation",
  promises: (config) =>
    mountTable(config).map((planned) => ({
      rule: "no-devices",
      subject: `nodes:${planned.destination}`,
      value: promiseFor(planned),
      at: `${planned.at}/options`,
    })),
  compare: (before, after) => byOpening(before === "open", after === "open"),
  ask: (promised, cell) => {
    if (!isObject(promised.value) || promised.value["on"] === "other") return [];
    const place = ownPlace(promised.value, "node", cell);
    if (place === undefined) return [make(promised, "make-node"), make(promised, "open-new-node")];
    return [control, { ...open(promised), prepared: { ...nullDevice, place } }];
  },
  judge: (promised, answers) =>
    isObject(promised.value) && promised.value["on"] === "tmpfs"
      ? judgeMade(promised, answers)
      : judgePlaced(promised, answers),
};

function promiseFor(planned: PlannedMount): Json {
  if (planned.hidden) return "hidden";
  return hasFlag(planned, "nodev") ? { nodes: "refused", ...kindOf(planned) } : "open";
}

function judgePlaced(promised: Promised, answers: Answers): Judgement {
  const reference = resultOf(answers.get(control));
  if ("silent" in reference) return notObservable(`no node was opened: ${reference.silent}`);
  if (reference.value < 0)
    return notObservable(`the same node does not open elsewhere: ${resultName(reference.value)}`);
  const opened = resultOf(answers.get(open(promised)));
  if ("silent" in opened) return notObservable(`it was not opened: ${opened.silent}`);
  return judgeOpening(opened.value);
}

/** Only who can make a node can be refused to open it. */
function judgeMade(promised: Promised, answers: Answers): Judgement {
  const made = resultOf(answers.get(make(promised, "make-node")));
  if ("silent" in made) return notObservable(`no node was made there: ${made.silent}`);
  if (made.value < 0) return notObservable(`no node was made there: ${resultName(made.value)}`);
  const opened = resultOf(answers.get(make(promised, "open-new-node")));
  if ("silent" in opened) return notObservable(`it was not opened: ${opened.silent}`);
  return judgeOpening(opened.value);
}

function judgeOpening(result: number): Judgement {
  if (result >= 0) return violated("it opens");
  if (failedWith(result, "EACCES")) return holds("EACCES");
  return notObservable(`opening it fails with ${resultName(result)}, which says nothing of the mount`);
}

function pathOf({ subject }: Promised): string {
  return ownPath(subject.slice("nodes:".length), "node");
}

function open(promised: Promised): Extract<Question, { on: "cell"; ask: "call" }> {
  return { on: "cell", ask: "call", call: "open-read", argument: pathOf(promised) };
}

function make(promised: Promised, call: "make-node" | "open-new-node"): Question {
  const { node, major, minor } = nullDevice;
  return { on: "cell", ask: "call", call, argument: `${node} ${major} ${minor} ${pathOf(promised)}` };
}
