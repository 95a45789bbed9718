/** Identity: the ids, groups and umask of the process. */
import { equalJson } from "../../json/equal.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Config, Integer } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { textOf } from "../answers/reply.ts";
import { type ProcessStatus, statusOf } from "../answers/status.ts";
import { decide, notObservable } from "../judgement.ts";
import { bySubset } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { limitedInteger } from "../view/integer.ts";

const status: Question = { on: "cell", ask: "status" };
const umask: Question = { on: "cell", ask: "umask" };

/**
 * Subjects `uid` and `gid` (a number), `groups` (sorted additional ids) and `umask` (`{ octal }`, or `inherited` where the
 * config has none). Ids are those inside the cell. Root isolates less than any other user; other users have no order.
 * A umask isolates less by every bit that it lacks; an inherited one has no order.
 */
export const identity: Rule = {
  id: "identity",
  title: "The process runs as the configured user, group and additional groups",
  why: "A build that runs as another user, or keeps a group of its caller, reaches files that were not meant for it.",
  level: "must",
  refs: ["OCI runtime spec: config.md, User", "credentials(7)", "umask(2)"],
  kind: "isolation",
  promises: (config) => [
    promise("uid", limitedInteger(config.process?.user?.uid ?? 0), "uid"),
    promise("gid", limitedInteger(config.process?.user?.gid ?? 0), "gid"),
    promise("groups", sortedGroups(config), "additionalGids"),
    promise("umask", octal(config.process?.user?.umask), "umask"),
  ],
  compare: (before, after) => {
    if (isArray(before)) return bySubset(before, after);
    if (equalJson(before, after)) return "same";
    if (isObject(before) && isObject(after)) return bySubset(permitted(before), permitted(after));
    if (after === 0) return "weaker";
    return before === 0 ? "stronger" : "different";
  },
  ask: ({ subject, value }) => {
    if (subject !== "umask") return [status];
    return value === "inherited" ? [] : [umask];
  },
  judge: (promised, answers) =>
    promised.subject === "umask" ? judgeUmask(promised, answers) : judgeIds(promised, answers),
};

function promise(subject: string, value: Json, key: string): Promised {
  return { rule: "identity", subject, value, at: `/process/user/${key}` };
}

function sortedGroups(config: Config): readonly Json[] {
  const groups = new Set((config.process?.user?.additionalGids ?? []).map(BigInt));
  return [...groups].sort((a, b) => (a < b ? -1 : 1)).map(limitedInteger);
}

function octal(value: Integer | undefined): Json {
  return value === undefined ? "inherited" : { octal: value.toString(8).padStart(4, "0") };
}

/** The permission bits that a umask lets through. */
function permitted({ octal: text = "0" }: JsonObject): readonly Json[] {
  const mask = Number.parseInt(String(text), 8);
  return [0o400, 0o200, 0o100, 0o40, 0o20, 0o10, 0o4, 0o2, 0o1].filter((bit) => (mask & bit) === 0);
}

function judgeUmask(promised: Promised, answers: Answers): Judgement {
  const text = textOf(answers.get(umask));
  if ("silent" in text) return notObservable(`the umask is not shown: ${text.silent}`);
  const seen = { octal: text.value.trim().padStart(4, "0") };
  return decide(equalJson(seen, promised.value), seen);
}

function judgeIds(promised: Promised, answers: Answers): Judgement {
  const reply = statusOf(answers.get(status));
  if ("silent" in reply) return notObservable(`the process status is not shown: ${reply.silent}`);
  const seen = seenIds(promised.subject, reply.value);
  if (seen === undefined) return notObservable(`the process status does not show ${promised.subject}`);
  if (promised.subject === "groups") return decide(equalJson(seen, promised.value), seen);
  const [first = -1] = seen;
  const all = seen.every((id) => id === first);
  return decide(all && equalJson(first, promised.value), all ? first : seen);
}

/** Real, effective, saved and file system id must agree, so all four are looked at. */
function seenIds(subject: string, { uids, gids, groups }: ProcessStatus): readonly number[] | undefined {
  if (subject === "groups") return groups;
  return subject === "uid" ? uids : gids;
}
