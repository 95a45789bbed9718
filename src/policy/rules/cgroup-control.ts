/** Cgroup control: whether the cell can change its own limits. */
import type { Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { isReadOnly, mountAt, mountsOf } from "../answers/mounts.ts";
import { resultOf } from "../answers/reply.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Rule } from "../rule.ts";
import { isReadOnlyMount, mountTable } from "../view/mount-table.ts";
import { isBelow } from "../view/path.ts";

const directory = "/sys/fs/cgroup";
/** Files that move processes and so lift limits, of version 1 and of version 2. Opening them for writing changes nothing. */
const witnesses: readonly string[] = [`${directory}/pids/cgroup.procs`, `${directory}/cgroup.procs`];
const mounts: Question = { on: "cell", ask: "mounts" };

/**
 * Subject `cgroup-control`. Value: `read-only` or `writable` by the options of the mount on /sys/fs/cgroup; `by-mount` where
 * one above it decides; `not-mounted`.
 */
export const cgroupControl: Rule = {
  id: "cgroup-control",
  title: "The cell changes its cgroup only where the config lets it",
  why: "A build that can write to its cgroup lifts its own limits, or moves itself to where there are none.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Linux mount options (ro)", "cgroups(7)"],
  kind: "isolation",
  promises: (config) => [{ rule: "cgroup-control", subject: "cgroup-control", ...promise(config) }],
  compare: (before, after) =>
    byRank(before, after, (value) => ["not-mounted", "read-only", "by-mount", "writable"].indexOf(String(value))),
  ask: ({ value }) => (value === "read-only" || value === "writable" ? [...witnesses.map(open), mounts] : []),
  judge: ({ value }, answers) => judgeControl(value, answers),
};

function promise(config: Config): { readonly value: Json; readonly at: string } {
  const table = mountTable(config).filter(({ hidden }) => !hidden);
  const on = table.find(({ destination }) => destination === directory);
  if (on !== undefined) return { value: isReadOnlyMount(on) ? "read-only" : "writable", at: on.at };
  const above = table.find(({ destination, recursive }) => recursive && isBelow(directory, destination));
  return above === undefined ? { value: "not-mounted", at: "/mounts" } : { value: "by-mount", at: above.at };
}

function judgeControl(promised: Json, answers: Answers): Judgement {
  for (const path of witnesses) {
    const reply = resultOf(answers.get(open(path)));
    if ("silent" in reply) return notObservable(`it was not tried: ${reply.silent}`);
    if (failedWith(reply.value, "ENOENT", "ENOTDIR")) continue;
    return judgeOpening(promised, path, reply.value, answers);
  }
  const table = mountsOf(answers.get(mounts));
  const none = "value" in table && !table.value.some(({ type }) => type === "cgroup" || type === "cgroup2");
  // A cell without any such file system has nothing to lift its limits with.
  if (none && promised === "read-only") return holds("no cgroup file system is mounted");
  return notObservable("the cell shows no file of its cgroup");
}

/** Permissions answer before the mount does; then the mount table has the last word. */
function judgeOpening(promised: Json, path: string, result: number, answers: Answers): Judgement {
  if (result >= 0) return promised === "writable" ? holds({ [path]: "opens" }) : violated({ [path]: "opens" });
  const name = resultName(result);
  if (failedWith(result, "EROFS")) return decide(promised === "read-only", { [path]: name });
  const table = mountsOf(answers.get(mounts));
  const entry = "value" in table ? mountAt(table.value, path) : undefined;
  if (entry === undefined || !failedWith(result, "EACCES", "EPERM")) {
    return notObservable(`opening it fails with ${name}, which says nothing of the mount`);
  }
  const { mountPoint, options } = entry;
  return decide(isReadOnly(entry) === (promised === "read-only"), { [path]: name, mountPoint, options });
}

function open(path: string): Question {
  return { on: "cell", ask: "call", call: "open-write", argument: path };
}
