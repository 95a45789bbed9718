/** The checks of a case that need no privileges: golden, schema, policy. */
import { CupelError } from "../errors.ts";
import type { Json } from "../json/value.ts";
import type { Config } from "../oci/config.ts";
import { validateConfig } from "../oci/validate.ts";
import { judgePolicy, type Policy } from "../policy/read-policy.ts";
import { findRule, promisesOf } from "../policy/rules.ts";
import { findOperation } from "../systems/registry.ts";
import type { Operation } from "../systems/system.ts";
import type { PlacedCase } from "./case.ts";
import type { CheckEvent } from "./event.ts";
import { judgeGolden } from "./golden.ts";
import { needsJail } from "./needs-jail.ts";
import { type Outcome, perform } from "./perform.ts";
import { yieldsConfig } from "./yields-config.ts";

/**
 * The ids of the checks of `c`: `#golden`; for a case that yields a config also `#schema`, `#policy/POLICY/N` for each
 * condition of a policy that it holds, and `#policy/POLICY/lacks` for a policy that it lacks.
 * Throws CupelError `unknown-policy` when a policy that the case names is not among `policies`.
 */
export function scheduleCase(c: PlacedCase, policies: readonly Policy[]): readonly string[] {
  const ids = [`${c.fullId}#golden`];
  if (!promisesConfig(c)) return ids;
  ids.push(`${c.fullId}#schema`);
  for (const name of c.holds ?? []) {
    const { requires } = findPolicy(c, name, policies);
    for (const index of requires.keys()) ids.push(`${c.fullId}#policy/${name}/${index}`);
  }
  for (const name of c.lacks ?? []) {
    findPolicy(c, name, policies);
    ids.push(`${c.fullId}#policy/${name}/lacks`);
  }
  return ids;
}

/**
 * Performs the operation of `c` with our own system and judges the outcome; one check for each scheduled id. When the
 * operation throws what is no refusal, all of them are errors. Throws CupelError for an operation or a policy that does
 * not exist.
 */
export function checkCase(
  c: PlacedCase,
  golden: string | undefined,
  policies: readonly Policy[],
): readonly CheckEvent[] {
  const operation = findOperation(c.system, c.operation);
  if (needsJail(c)) return scheduleCase(c, policies).map(leftToRun);
  const schedule = scheduleCase(c, policies);
  return guarded(schedule, () => {
    const checks = judgeCase(c, golden, policies, perform(c, operation), schedule);
    return c.deviates === undefined ? checks : checks.map((check) => reallyDeviates(c, operation, check));
  });
}

/** Nothing in memory is like a namespace. */
function leftToRun(id: string): CheckEvent {
  const reason = "makes namespaces of the kernel: cupel run executes it";
  return { type: "check", id, verdict: "skip", code: "needs-jail", reason };
}

/** A case may only say that it deviates where careful hands do refuse. */
function reallyDeviates(c: PlacedCase, operation: Operation, check: CheckEvent): CheckEvent {
  if (check.code !== "deviates" || "refused" in perform(c, operation, true)) return check;
  const reason = "the case says that it deviates, and careful hands refuse nothing";
  return { type: "check", id: check.id, verdict: "fail", code: "no-deviation", reason };
}

/** Judges an outcome, whoever produced it; one check for each scheduled id. */
export function judgeCase(
  c: PlacedCase,
  golden: string | undefined,
  policies: readonly Policy[],
  outcome: Outcome,
  schedule: readonly string[] = scheduleCase(c, policies),
): readonly CheckEvent[] {
  const first = judgeGolden(c, golden, outcome);
  if (schedule.length === 1) return [first];
  if (!("value" in outcome)) return [first, ...schedule.slice(1).map((id) => blocked(id, first.id))];
  const second = judgeSchema(c, outcome.value);
  if (second.verdict !== "pass") return [first, second, ...schedule.slice(2).map((id) => blocked(id, second.id))];
  return [first, second, ...guarded(schedule.slice(2), () => judgePolicies(c, policies, outcome.value))];
}

/** What is thrown there, and is no error of the user's, is a bug; it must not take other cases with it. */
function guarded(ids: readonly string[], judge: () => readonly CheckEvent[]): readonly CheckEvent[] {
  try {
    return judge();
  } catch (error) {
    if (error instanceof CupelError) throw error;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return ids.map((id) => ({ type: "check", id, verdict: "error", code: "threw", reason }));
  }
}

/** Known from the case alone, so that the schedule is. */
function promisesConfig(c: PlacedCase): boolean {
  const { expect } = c;
  return yieldsConfig(c) && (expect === "golden" || "value" in expect);
}

/** A failure or an error stands behind every skip. */
function blocked(id: string, by: string): CheckEvent {
  return { type: "check", id, verdict: "skip", code: "blocked", reason: `blocked by ${by}` };
}

function judgeSchema(c: PlacedCase, config: Json): CheckEvent {
  const id = `${c.fullId}#schema`;
  const findings = validateConfig(config);
  const known = c.invalid ?? [];
  const surprise = findings.filter(({ level, code }) => level === "error" && !known.includes(code));
  const first = surprise[0];
  if (first !== undefined) {
    const reason = surprise.map(({ pointer, code, message }) => `${pointer}: ${message} (${code})`).join("\n");
    return { type: "check", id, verdict: "fail", code: first.code, at: first.pointer, reason };
  }
  const missing = known.filter((code) => !findings.some((finding) => finding.code === code));
  if (missing.length === 0) return { type: "check", id, verdict: "pass" };
  const reason = `the case says this config is invalid (${missing.join(", ")}), and it is not`;
  const seen = findings.map(({ code }) => code);
  return { type: "check", id, verdict: "fail", code: "not-invalid", promised: [...missing], seen, reason };
}

function judgePolicies(c: PlacedCase, policies: readonly Policy[], config: Json): readonly CheckEvent[] {
  const { holds = [], lacks = [] } = c;
  const asked = [...holds, ...lacks].flatMap((name) => findPolicy(c, name, policies).requires);
  const ids = new Set(asked.map(({ rule }) => rule));
  // The schema check has found nothing that a config's type does not allow.
  const promises = promisesOf(config as unknown as Config, [...ids].map(findRule));
  const judge = (name: string): readonly Judged[] => judgePolicy(findPolicy(c, name, policies), promises);
  return [
    ...holds.flatMap((name) =>
      judge(name).map((each, index) => condition(`${c.fullId}#policy/${name}/${index}`, each)),
    ),
    ...lacks.map((name) => lack(`${c.fullId}#policy/${name}/lacks`, name, judge(name))),
  ];
}

type Judged = ReturnType<typeof judgePolicy>[number];

function condition(id: string, { holds, rule, subject, promised, wanted, at }: Judged): CheckEvent {
  if (holds) return { type: "check", id, verdict: "pass" };
  const reason = `${rule}[${subject}] is not what the policy wants`;
  return { type: "check", id, verdict: "fail", code: "policy", promised: wanted, seen: promised, at, reason };
}

function lack(id: string, name: string, judged: readonly Judged[]): CheckEvent {
  if (judged.some(({ holds }) => !holds)) return { type: "check", id, verdict: "pass" };
  const reason = `the case says that this config lacks ${name}, and every condition of it holds`;
  return { type: "check", id, verdict: "fail", code: "policy-holds", reason };
}

function findPolicy(c: PlacedCase, name: string, policies: readonly Policy[]): Policy {
  const found = policies.find((policy) => policy.name === name);
  if (found !== undefined) return found;
  throw new CupelError("unknown-policy", `${c.fullId} names the policy ${JSON.stringify(name)}, which does not exist`, {
    hint: `policies are: ${policies.map((policy) => policy.name).join(", ")}`,
  });
}
