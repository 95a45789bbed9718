/** Cgroup placement: the cell's processes are in the cgroup that the config names. */
import { isObject, type Json } from "../../json/value.ts";
import { cgroupOf, unseenCgroup } from "../answers/cgroup.ts";
import { decide, notObservable } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";
import { insidePath, isBelow } from "../view/path.ts";

const question: Question = { on: "host", ask: "cgroup" };

/**
 * Subject `cgroup`. Value: `{ path }` for an absolute path, `{ below }` for a relative one, whose beginning the runtime
 * chooses, and `chosen-by-the-runtime` where the config has none. Judged by what the host sees of the living cell: a cell with
 * a cgroup namespace of its own does not know where it is.
 */
export const cgroupPlacement: Rule = {
  id: "cgroup-placement",
  title: "The cell's processes are in the cgroup that the config names",
  why: "Who accounts for builds, or ends them, looks for them by this path; elsewhere no limit of the parent holds them.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Control groups (cgroupsPath)", "cgroups(7), /proc/PID/cgroup"],
  kind: "functional",
  promises: ({ linux }) => [
    { rule: "cgroup-placement", subject: "cgroup", value: placeOf(linux?.cgroupsPath), at: "/linux/cgroupsPath" },
  ],
  compare: sameOrDifferent,
  ask: ({ value }) => (isObject(value) ? [question] : []),
  judge: ({ value }, answers) => {
    const reply = cgroupOf(answers.get(question));
    if ("silent" in reply) return unseenCgroup(answers.get(question), reply.silent);
    // Beside controllers of version 1, version 2 is the one that manages nothing.
    const managed = [...reply.value.paths].filter(([name], _, all) => name !== "unified" || all.length === 1);
    const elsewhere = managed.filter(([, paths]) => !paths.every((path) => isAt(path, value)));
    if (managed.length === 0) return notObservable("no hierarchy shows the cell");
    const seen = elsewhere.length === 0 ? [...new Set(managed.flatMap(([, paths]) => paths))].sort() : named(elsewhere);
    return decide(elsewhere.length === 0, seen);
  },
};

function placeOf(path: string | undefined): Json {
  if (path === undefined || path === "") return "chosen-by-the-runtime";
  return path.startsWith("/") ? { path: insidePath(path) } : { below: insidePath(path) };
}

/** A runtime may put the process into a cgroup below the one it was told. */
function isAt(path: string, promised: Json): boolean {
  if (!isObject(promised)) return false;
  const { path: wanted, below } = promised;
  if (typeof wanted === "string") return path === wanted || isBelow(path, wanted);
  return typeof below === "string" && (path.endsWith(below) || path.includes(`${below}/`));
}

function named(elsewhere: readonly (readonly [string, readonly string[]])[]): Json {
  return { elsewhere: Object.fromEntries(elsewhere) };
}
