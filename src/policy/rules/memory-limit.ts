/** Memory limit: how much memory the cell may have. */
import type { Json } from "../../json/value.ts";
import type { Integer } from "../../oci/config.ts";
import { type CellCgroup, cgroupOf, counted, isInRoot, unseenCgroup } from "../answers/cgroup.ts";
import { endName, outcomeOf } from "../answers/reply.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { byAmount } from "../order.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Comparison, Promised, Rule } from "../rule.ts";
import { limitedInteger } from "../view/integer.ts";

const cgroup: Question = { on: "host", ask: "cgroup" };
/** A greater limit is not tried: too much of the machine's memory would be touched when it is not in force. */
const mostTried = 128 * 1024 * 1024;
const beyond = 16 * 1024 * 1024;
/** What cgroup v1 calls unlimited, and anything from there on: the greatest number of whole pages. */
const endless = 0x7fff_ffff_ffff_0000n;

/**
 * Subject `memory`. Value: bytes, or `unlimited`. Judged by the limit that the host sees on the living cell (the kernel rounds
 * down to pages), and up to {@link mostTried} also by touching more than it: the kernel must have counted that.
 */
export const memoryLimit: Rule = {
  id: "memory-limit",
  title: "The limit on memory is in force",
  why: "Without it one build that needs too much has the kernel end processes of others.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Memory", "Linux: admin-guide/cgroup-v1/memory and cgroup-v2"],
  kind: "isolation",
  promises: ({ linux }) => [
    {
      rule: "memory-limit",
      subject: "memory",
      value: limitOf(linux?.resources?.memory?.limit),
      at: "/linux/resources/memory/limit",
    },
  ],
  compare,
  ask: (promised, cell) => {
    if (promised.value === "unlimited") return [];
    return isTried(promised, cell) ? [cgroup, touch(promised)] : [cgroup];
  },
  judge: (promised, answers, cell) => {
    const reply = cgroupOf(answers.get(cgroup));
    if ("silent" in reply) return unseenCgroup(answers.get(cgroup), reply.silent);
    const limit = seenLimit(reply.value);
    if (limit === undefined) {
      if (isInRoot(reply.value, "memory")) return violated({ limit: "unlimited" });
      return notObservable("the host shows no limit: the controller is not there");
    }
    if (!isRounded(amount(promised.value), amount(limit))) return violated({ limit });
    if (!isTried(promised, cell)) return holds({ limit });
    const touched = outcomeOf(answers.get(touch(promised)));
    if ("silent" in touched) return notObservable(`no memory was touched: ${touched.silent}`);
    const hits = counted(reply.value, "memory.failcnt") ?? counted(reply.value, "memory.events", "max");
    if (hits === undefined) return notObservable("the host shows no counter of refusals");
    const end = typeof touched.value === "number" ? "not run" : endName(touched.value);
    // Where there is swap the program may live on; what it could not have is counted all the same.
    if (hits > 0 || end === "exit 0") return decide(hits > 0, { limit, reached: hits > 0 });
    return notObservable(`touching memory ended with ${end} before the limit was reached`);
  },
};

/** Where one process of the host is the whole cell, who reaches the limit ends the cell, and all that it would have said. */
function isTried({ value }: Promised, { standIns = [] }: CellFacts): boolean {
  return amount(value) <= mostTried && standIns.length === 0;
}

function limitOf(limit: Integer | undefined): Json {
  if (limit === undefined || BigInt(limit) <= 0n || BigInt(limit) >= endless) return "unlimited";
  return limitedInteger(limit);
}

function seenLimit(cgroup: CellCgroup): Json | undefined {
  const file = ["memory.limit_in_bytes", "memory.max"].find((name) => cgroup.files.has(name));
  if (file === undefined) return undefined;
  const bytes = counted(cgroup, file);
  return bytes === undefined || BigInt(bytes) >= endless ? "unlimited" : bytes;
}

function isRounded(wanted: bigint, seen: bigint): boolean {
  return seen <= wanted && wanted - seen < 65_536n;
}

function compare(before: Json, after: Json): Comparison {
  return byAmount(amount(before), amount(after));
}

function amount(value: Json): bigint {
  return typeof value === "number" || typeof value === "bigint" ? BigInt(value) : 2n ** 64n;
}

function touch({ value }: Promised): Question {
  return {
    on: "cell",
    ask: "call",
    call: "execute",
    argument: "/.cupel/memory",
    prepared: { program: "memory", amount: Number(amount(value)) + beyond },
  };
}
