/** Writes: what a build writes to a bind is refused, or arrives on the host where it belongs. */
import { isObject, type Json } from "../../json/value.ts";
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { isReadOnly, mountOn, mountsOf } from "../answers/mounts.ts";
import { resultOf } from "../answers/reply.ts";
import { statOf } from "../answers/stat.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Comparison, Judgement, Promised, Rule } from "../rule.ts";
import { mountTable } from "../view/mount-table.ts";
import { climbs } from "../view/path.ts";
import { bindAccess, type WriteProbe, writeProbe } from "../view/write-probe.ts";

const mounts: Question = { on: "cell", ask: "mounts" };

/**
 * Subjects `write:<destination>`, one for each bind. Value: `hidden`, or `{ access, source }` with access `read-only` or
 * `writable`. A directory is judged by making a file in it, a file by opening it for writing; where permissions refuse
 * that, by the mount table.
 */
export const writes: Rule = {
  id: "writes",
  title: "A bind is written to exactly when it is writable, and the host sees it in the right place",
  why: "A writable input changes what later builds read; a scratch directory that leads elsewhere loses the result.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Linux mount options (ro, rw)", "open(2), EROFS"],
  kind: "isolation",
  promises: (config) =>
    mountTable(config)
      .filter(({ bind }) => bind)
      .map((planned) => {
        const access = bindAccess(planned);
        const value: Json = access === "hidden" ? access : { access, source: planned.mount.source ?? "" };
        return { rule: "writes", subject: `write:${planned.destination}`, value, at: planned.at };
      }),
  compare,
  ask: (promised, cell) => {
    if (accessOf(promised.value) === undefined) return [];
    const { create, open, made, source } = probeOf(promised, cell);
    return [create, open, made, source, mounts];
  },
  judge: (promised, answers, cell) => {
    const probe = probeOf(promised, cell);
    const create = resultOf(answers.get(probe.create));
    if ("silent" in create) return notObservable(`no file was tried: ${create.silent}`);
    const open = resultOf(answers.get(probe.open));
    const isFile = failedWith(create.value, "ENOTDIR");
    if (isFile && "silent" in open) return notObservable(`the file was not opened: ${open.silent}`);
    const result = isFile && "value" in open ? open.value : create.value;
    if (accessOf(promised.value) === "writable") {
      if (result < 0) return judgeRefusal(result);
      return isFile ? holds("opens for writing") : judgeArrival(probe, answers);
    }
    if (result < 0) return judgeReadOnly(result, destinationOf(promised), answers);
    return violated(isFile ? "opens for writing" : "a file can be made");
  },
};

/**
 * What is written to a directory of the bundle goes with the cell; what is written elsewhere stays on the host. Which of two
 * places of one kind a writable bind changes is bind-source's; one that is hidden or not there is written to by nobody.
 */
function compare(before: Json, after: Json): Comparison {
  const [from, to] = [reachOf(before), reachOf(after)];
  return from === to ? "same" : byRank(before, after, reachOf);
}

function reachOf(value: Json): number {
  if (!isObject(value) || value["access"] !== "writable") return 0;
  const source = String(value["source"]);
  return source.startsWith("/") || climbs(source) ? 2 : 1;
}

/** A writable bind refuses with EROFS only when it is not; what permissions or the lack of space refuse tells nothing. */
function judgeRefusal(result: number): Judgement {
  const name = resultName(result);
  return failedWith(result, "EROFS")
    ? violated(name)
    : notObservable(`writing fails with ${name}, which says nothing of the mount`);
}

/** Only a read-only mount says EROFS. Where permissions answer before it does, the mount table has the last word. */
function judgeReadOnly(result: number, destination: string, answers: Answers): Judgement {
  const name = resultName(result);
  if (failedWith(result, "EROFS")) return holds(name);
  const table = mountsOf(answers.get(mounts));
  const entry = "value" in table ? mountOn(table.value, destination) : undefined;
  if (entry === undefined || !failedWith(result, "EACCES", "EPERM")) {
    return notObservable(`writing fails with ${name}, which says nothing of the mount`);
  }
  return decide(isReadOnly(entry), { result: name, options: entry.options, superOptions: entry.superOptions });
}

/** The file's name is this bind's own, so that it exists below the source proves the place. */
function judgeArrival(probe: WriteProbe, answers: Answers): Judgement {
  const source = statOf(answers.get(probe.source));
  if ("silent" in source) return notObservable(`the host does not see the source: ${source.silent}`);
  const answer = answers.get(probe.made);
  if ("unable" in answer) return notObservable(answer.unable);
  const made = statOf(answer);
  if ("silent" in made) return violated(`a file was made, but not below the source on the host: ${made.silent}`);
  const seen = `a ${made.value.type} on the host`;
  return made.value.type === "file" ? holds(seen) : violated(seen);
}

function accessOf(value: Json): Json | undefined {
  return isObject(value) ? value["access"] : undefined;
}

function destinationOf({ subject }: Pick<Promised, "subject">): string {
  return subject.slice("write:".length);
}

function probeOf({ subject, value, at }: Promised, cell: CellFacts): WriteProbe {
  const source = isObject(value) ? value["source"] : undefined;
  return writeProbe(at, destinationOf({ subject }), typeof source === "string" ? source : "", cell);
}
