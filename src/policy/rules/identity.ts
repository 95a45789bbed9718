/** Identity: the user and group of the process. */
import { equalJson } from "../../json/equal.ts";
import { statusOf } from "../answers/status.ts";
import { decide, notObservable } from "../judgement.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";
import { limitedInteger } from "../view/integer.ts";

const status: Question = { on: "cell", ask: "status" };

/** Subjects `uid` and `gid`. Value: the id inside the cell. Root isolates less than any other user; others have no order. */
export const identity: Rule = {
  id: "identity",
  title: "The process runs as the configured user and group",
  why: "A build that runs as another user reaches files that were not meant for it.",
  level: "must",
  refs: ["OCI runtime spec: config.md, User", "credentials(7)"],
  kind: "isolation",
  promises: ({ process }) =>
    (["uid", "gid"] as const).map((subject) => ({
      rule: "identity",
      subject,
      value: limitedInteger(process?.user?.[subject] ?? 0),
      at: `/process/user/${subject}`,
    })),
  compare: (before, after) => {
    if (equalJson(before, after)) return "same";
    if (after === 0) return "weaker";
    return before === 0 ? "stronger" : "different";
  },
  ask: () => [status],
  judge: ({ subject, value }, answers) => {
    const reply = statusOf(answers.get(status));
    if ("silent" in reply) return notObservable(`the process status is not shown: ${reply.silent}`);
    // Real, effective, saved and file system id must agree, so all four are looked at.
    const seen = subject === "uid" ? reply.value.uids : reply.value.gids;
    if (seen === undefined) return notObservable(`the process status does not show ${subject}`);
    const [first = -1] = seen;
    const all = seen.every((id) => id === first);
    return decide(all && equalJson(first, value), all ? first : seen);
  },
};
