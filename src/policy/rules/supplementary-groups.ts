/** Supplementary groups: which further groups the process belongs to. */
import { equalJson } from "../../json/equal.ts";
import { statusOf } from "../answers/status.ts";
import { decide, notObservable } from "../judgement.ts";
import { bySubset } from "../order.ts";
import type { Question } from "../question.ts";
import type { Rule } from "../rule.ts";
import { limitedInteger } from "../view/integer.ts";

const status: Question = { on: "cell", ask: "status" };

/** Subject `groups`. Value: the additional group ids, sorted, each once, as inside the cell. */
export const supplementaryGroups: Rule = {
  id: "supplementary-groups",
  title: "The process belongs to the additional groups of the config and to no others",
  why: "A group that is kept from the caller, docker or disk, opens files and devices that were meant for nobody else.",
  level: "must",
  refs: ["OCI runtime spec: config.md, User (additionalGids)", "credentials(7)", "setgroups(2)"],
  kind: "isolation",
  promises: ({ process }) => {
    const groups = [...new Set((process?.user?.additionalGids ?? []).map(BigInt))];
    const value = groups.sort((a, b) => (a < b ? -1 : 1)).map(limitedInteger);
    return [{ rule: "supplementary-groups", subject: "groups", value, at: "/process/user/additionalGids" }];
  },
  compare: bySubset,
  ask: () => [status],
  judge: ({ value }, answers) => {
    const reply = statusOf(answers.get(status));
    if ("silent" in reply) return notObservable(`the process status is not shown: ${reply.silent}`);
    const seen = reply.value.groups;
    if (seen === undefined) return notObservable("the process status does not show the groups");
    return decide(equalJson([...new Set(seen)], value), seen);
  },
};
