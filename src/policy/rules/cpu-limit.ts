/** CPU limit: how much processor time the cell may have, and its share where there is not enough. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { CpuLimits } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { type CellCgroup, cgroupOf, counted, isInRoot, unseenCgroup } from "../answers/cgroup.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { byAmount } from "../order.ts";
import type { Question } from "../question.ts";
import type { Comparison, Judgement, Promised, Rule } from "../rule.ts";
import { limitedInteger } from "../view/integer.ts";

const cgroup: Question = { on: "host", ask: "cgroup" };
/** Microseconds. Greater quotas are not tried: using them up would take long. */
const mostTried = 50_000;
/** Microseconds: what the kernel takes where no period is given. */
const usualPeriod = 100_000;

/**
 * Subjects: `cpu:quota`, value `{ quota, period }` in microseconds or `unlimited`; `cpu:shares`, value a number or `usual`.
 * Judged by what the host sees of the living cell; a quota up to {@link mostTried} that is at most half of its period also by
 * using as much, which the kernel must have counted against it. Never by time that passes.
 */
export const cpuLimit: Rule = {
  id: "cpu-limit",
  title: "The limit on processor time is in force",
  why: "Without it one build slows down all others.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, CPU", "Linux: scheduler/sched-bwc and admin-guide/cgroup-v2"],
  kind: "isolation",
  promises: ({ linux }) => {
    const cpu = linux?.resources?.cpu ?? {};
    return [
      { rule: "cpu-limit", subject: "cpu:quota", value: quotaOf(cpu), at: "/linux/resources/cpu/quota" },
      { rule: "cpu-limit", subject: "cpu:shares", value: sharesOf(cpu), at: "/linux/resources/cpu/shares" },
    ];
  },
  compare,
  ask: (promised) => {
    if (!isObject(promised.value) && typeof promised.value !== "number") return [];
    return isTried(promised) ? [cgroup, use(promised)] : [cgroup];
  },
  judge: (promised, answers) => {
    const reply = cgroupOf(answers.get(cgroup));
    if ("silent" in reply) return unseenCgroup(answers.get(cgroup), reply.silent);
    return promised.subject === "cpu:shares"
      ? judgeShares(promised, reply.value)
      : judgeQuota(promised, reply.value, answers);
  },
};

function quotaOf({ quota, period }: CpuLimits): Json {
  if (quota === undefined || BigInt(quota) <= 0n) return "unlimited";
  const given = period === undefined || BigInt(period) === 0n ? usualPeriod : period;
  return { quota: limitedInteger(quota), period: limitedInteger(given) };
}

/** The kernel keeps shares between 2 and 262144. */
function sharesOf({ shares }: CpuLimits): Json {
  if (shares === undefined || BigInt(shares) === 0n) return "usual";
  const whole = BigInt(shares);
  return Number(whole < 2n ? 2n : whole > 262_144n ? 262_144n : whole);
}

function judgeQuota(promised: Promised, cgroup: CellCgroup, answers: Answers): Judgement {
  const limit = seenQuota(cgroup);
  if (limit === undefined) {
    if (isInRoot(cgroup, "cpu")) return violated({ limit: "unlimited" });
    return notObservable("the host shows no quota: the controller is not there");
  }
  if (!equalJson(limit, promised.value)) return violated({ limit });
  if (!isTried(promised)) return holds({ limit });
  const used = answers.get(use(promised));
  if (!("ended" in used && "exit" in used.ended && used.ended.exit === 0))
    return notObservable("no processor time was used");
  // On a busy machine a cell may not get as much as its quota; that its use is counted against it is seen all the same.
  const periods = Number(counted(cgroup, "cpu.stat", "nr_periods") ?? 0);
  return periods > 0 ? holds({ limit, counted: true }) : notObservable("nothing was counted against the quota");
}

function seenQuota(cgroup: CellCgroup): Json | undefined {
  const [quota, period] = /^(-?[0-9]+|max) ([0-9]+)\s*$/.exec(cgroup.files.get("cpu.max") ?? "")?.slice(1) ?? [
    cgroup.files.get("cpu.cfs_quota_us")?.trim(),
    cgroup.files.get("cpu.cfs_period_us")?.trim(),
  ];
  if (quota === undefined || period === undefined) return undefined;
  return quota === "max" || quota.startsWith("-") ? "unlimited" : { quota: Number(quota), period: Number(period) };
}

/** Version 2 has weights instead; runtimes map 2 to 262144 onto 1 to 10000. */
function judgeShares({ value }: Promised, cgroup: CellCgroup): Judgement {
  const shares = counted(cgroup, "cpu.shares");
  if (shares !== undefined) return decide(shares === value, { shares });
  const weight = counted(cgroup, "cpu.weight");
  if (weight === undefined) {
    if (isInRoot(cgroup, "cpu")) return violated({ shares: "usual" });
    return notObservable("the host shows neither shares nor a weight");
  }
  return decide(Number(weight) === 1 + Math.trunc(((Number(value) - 2) * 9999) / 262_142), { weight });
}

function isTried({ value }: Promised): boolean {
  if (!isObject(value)) return false;
  const [quota, period] = [Number(value["quota"]), Number(value["period"])];
  return quota <= mostTried && 2 * quota <= period;
}

/** A little more than the quota allows in one period, so that one has gone by. */
function use({ value }: Promised): Question {
  const quota = isObject(value) ? Number(value["quota"]) : 0;
  return {
    on: "cell",
    ask: "call",
    call: "execute",
    argument: "/.cupel/processor-time",
    prepared: { program: "processor-time", amount: Math.ceil(quota / 1000) + 10 },
  };
}

/** A greater part of the time, or greater shares, are weaker. */
function compare(before: Json, after: Json): Comparison {
  if (typeof before === "number" && typeof after === "number") return byAmount(before, after);
  if (isObject(before) && isObject(after)) {
    const part = (value: typeof before, other: typeof after): bigint => whole(value["quota"]) * whole(other["period"]);
    const order = byAmount(part(before, after), part(after, before));
    return order === "same" && !equalJson(before, after) ? "different" : order;
  }
  if (equalJson(before, after)) return "same";
  if (isObject(before) || isObject(after)) return isObject(before) ? "weaker" : "stronger";
  return "different";
}

function whole(value: Json | undefined): bigint {
  return typeof value === "number" || typeof value === "bigint" ? BigInt(value) : 0n;
}
