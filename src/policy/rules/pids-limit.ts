/** Pids limit: how many processes and threads the cell may have. */
import type { Json } from "../../json/value.ts";
import type { Integer } from "../../oci/config.ts";
import { cgroupOf, counted, isInRoot, unseenCgroup } from "../answers/cgroup.ts";
import { errnos } from "../answers/errno.ts";
import { outcomeOf } from "../answers/reply.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { byAmount } from "../order.ts";
import type { Question } from "../question.ts";
import type { Comparison, Promised, Rule } from "../rule.ts";
import { limitedInteger } from "../view/integer.ts";

const cgroup: Question = { on: "host", ask: "cgroup" };
/** A greater limit is not tried: reaching it would keep the whole machine busy. */
const mostTried = 256;

/**
 * Subject `pids`. Value: a number, or `unlimited`. Judged by the limit that the host sees on the living cell, and up to
 * {@link mostTried} also by making as many processes: the kernel must refuse one of them and count that.
 */
export const pidsLimit: Rule = {
  id: "pids-limit",
  title: "The limit on processes is in force",
  why: "Without it one build that forks without end takes the machine from all others.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, PIDs", "Linux: admin-guide/cgroup-v1/pids and cgroup-v2"],
  kind: "isolation",
  promises: ({ linux }) => [
    {
      rule: "pids-limit",
      subject: "pids",
      value: limitOf(linux?.resources?.pids?.limit),
      at: "/linux/resources/pids/limit",
    },
  ],
  compare,
  ask: (promised) => {
    if (typeof promised.value !== "number") return [];
    return promised.value <= mostTried ? [cgroup, forks(promised)] : [cgroup];
  },
  judge: (promised, answers) => {
    const reply = cgroupOf(answers.get(cgroup));
    if ("silent" in reply) return unseenCgroup(answers.get(cgroup), reply.silent);
    if (!reply.value.files.has("pids.max")) {
      if (isInRoot(reply.value, "pids")) return violated({ limit: "unlimited" });
      return notObservable("the host shows no limit: the controller is not there");
    }
    const limit = counted(reply.value, "pids.max") ?? "unlimited";
    if (limit !== promised.value) return violated({ limit });
    if (Number(promised.value) > mostTried) return holds({ limit });
    const made = outcomeOf(answers.get(forks(promised)));
    if ("silent" in made) return notObservable(`no processes were made: ${made.silent}`);
    const exit = typeof made.value !== "number" && "exit" in made.value ? made.value.exit : undefined;
    const refused = exit === errnos.EAGAIN && Number(counted(reply.value, "pids.events", "max") ?? 0) > 0;
    if (refused || exit === 0) return decide(refused, { limit, made: refused ? "refused" : "all" });
    return notObservable("making processes failed for another reason");
  },
};

/** Nothing and less is no limit: runtimes take it for one that was not set. */
function limitOf(limit: Integer | undefined): Json {
  return limit === undefined || BigInt(limit) <= 0n ? "unlimited" : limitedInteger(limit);
}

function compare(before: Json, after: Json): Comparison {
  return byAmount(amount(before), amount(after));
}

function amount(value: Json): number | bigint {
  return typeof value === "number" || typeof value === "bigint" ? value : 2n ** 64n;
}

/** The step and its helpers count as well, so the last of these cannot be made. */
function forks({ value }: Promised): Question {
  return {
    on: "cell",
    ask: "call",
    call: "execute",
    argument: "/.cupel/processes",
    prepared: { program: "processes", amount: Number(value) },
  };
}
