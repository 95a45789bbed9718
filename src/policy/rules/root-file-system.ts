/** The root file system: writable or not. */
import type { Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { isReadOnly, mountAt, mountsOf } from "../answers/mounts.ts";
import { resultOf } from "../answers/reply.ts";
import { holds, notObservable, violated } from "../judgement.ts";
import { byOpening } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Rule } from "../rule.ts";
import { isReadOnlyMount, mountTable } from "../view/mount-table.ts";

const mounts: Question = { on: "cell", ask: "mounts" };
const create: Question = { on: "cell", ask: "call", call: "create", argument: "/.cupel-write-root" };

/** Value: `read-only` or `writable`. Judged by an attempt to make a file in `/` and by the mount table. */
export const rootFileSystem: Rule = {
  id: "root-file-system",
  title: "The root file system is writable exactly when the config says so",
  why: "A build that changes its root changes what the next build finds there.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Root (readonly)", "open(2), EROFS"],
  kind: "isolation",
  promises: (config) => [{ rule: "root-file-system", subject: "root", ...promise(config) }],
  compare: (before, after) => byOpening(before === "writable", after === "writable"),
  ask: () => [create, mounts],
  judge: (promised, answers) => {
    const reply = resultOf(answers.get(create));
    if ("silent" in reply) return notObservable(`no file was tried in /: ${reply.silent}`);
    const table = mountsOf(answers.get(mounts));
    const root = "value" in table ? mountAt(table.value, "/") : undefined;
    const shown = root === undefined ? "nothing" : isReadOnly(root) ? "read-only" : "writable";
    const seen = { create: reply.value >= 0 ? "success" : resultName(reply.value), mounts: shown };
    return promised.value === "writable" ? judgeWritable(reply.value, seen) : judgeReadOnly(reply.value, shown, seen);
  },
};

/** A mount on `/` itself would take the root's place. */
function promise(config: Config): { readonly value: Json; readonly at: string } {
  const over = mountTable(config).find(({ destination }) => destination === "/");
  if (over !== undefined) return { value: isReadOnlyMount(over) ? "read-only" : "writable", at: over.at };
  return { value: config.root?.readonly === true ? "read-only" : "writable", at: "/root/readonly" };
}

function judgeWritable(result: number, seen: Json): Judgement {
  if (result >= 0) return holds(seen);
  if (failedWith(result, "EROFS")) return violated(seen);
  return notObservable(`making a file in / fails with ${resultName(result)}, which says nothing of the file system`);
}

/** EROFS comes before permissions, so a refusal by permission is none by the file system, unless the mount table says so. */
function judgeReadOnly(result: number, shown: string, seen: Json): Judgement {
  if (result >= 0) return violated(seen);
  if (failedWith(result, "EROFS")) return holds(seen);
  if (shown === "writable") return violated(seen);
  if (shown === "read-only" && failedWith(result, "EACCES", "EPERM")) return holds(seen);
  return notObservable(`making a file in / fails with ${resultName(result)}, which says nothing of the file system`);
}
