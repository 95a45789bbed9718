/** Policies: named lists of conditions over promises, policies/NAME.json. */
import * as v from "valibot";
import { anyJson } from "../format/any-json.ts";
import { closed } from "../format/closed.ts";
import { FormatError, type FormatPlace } from "../format/format-error.ts";
import { locate } from "../format/locate.ts";
import { readDocument } from "../format/read-document.ts";
import { globMatcher } from "../glob.ts";
import { equalJson } from "../json/equal.ts";
import { isArray, type Json } from "../json/value.ts";
import type { Same } from "../systems/same-type.ts";
import { absent, holdsItem } from "./order.ts";
import type { Promised } from "./rule.ts";
import { findRule, nearestRule, rules } from "./rules.ts";

/**
 * One condition on the promises of a rule whose subject `where` means (all of the rule's without it). Exactly one of:
 * `is` (each has this value), `subsetOf` (each is a list with no other entries), `atMost` (none isolates less than this
 * value, by the rule's own comparison), `none` (not one has this value). Where no subject matches, `none` holds, `atMost`
 * as the rule compares what is absent (a bind that is not there is not writable), and nothing else.
 */
export interface Condition {
  readonly rule: string;
  readonly where?: string;
  readonly is?: Json;
  readonly subsetOf?: readonly Json[];
  readonly atMost?: Json;
  readonly none?: Json;
  readonly why?: string;
}

/** One policy. */
export interface Policy {
  readonly $schema?: string;
  readonly name: string;
  /** What somebody gets who asks for it. */
  readonly why: string;
  readonly requires: readonly Condition[];
}

/** How one condition stands with a config; the first promise that breaks it is named. */
export interface JudgedCondition {
  readonly holds: boolean;
  readonly rule: string;
  readonly subject: string;
  readonly promised: Json;
  readonly wanted: Json;
  readonly at: string;
}

const schema = closed({
  $schema: v.exactOptional(v.string()),
  name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, "a name of small letters, digits and dashes")),
  why: v.string(),
  requires: v.pipe(
    v.array(
      closed({
        rule: v.string(),
        where: v.exactOptional(v.string()),
        is: v.exactOptional(anyJson),
        subsetOf: v.exactOptional(v.array(anyJson)),
        atMost: v.exactOptional(anyJson),
        none: v.exactOptional(anyJson),
        why: v.exactOptional(v.string()),
      }),
    ),
    v.minLength(1, "at least one condition"),
  ),
});

true satisfies Same<Policy, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

const wants = ["is", "subsetOf", "atMost", "none"] as const;

/** The policy in `text`. Throws FormatError, also for an unknown rule and for a condition with none or two of its words. */
export function readPolicy(text: string, file: string): Policy {
  const policy = readDocument(schema, text, file);
  for (const [index, condition] of policy.requires.entries()) {
    // Looked up only for a fault: finding it means reading the text again.
    const place = (): FormatPlace => locate(text, ["requires", index]);
    if (!rules.some(({ id }) => id === condition.rule)) {
      const problem = `there is no rule "${condition.rule}"`;
      throw new FormatError("unknown-rule", file, place(), problem, nearestRule(condition.rule));
    }
    if (wants.filter((want) => Object.hasOwn(condition, want)).length === 1) continue;
    throw new FormatError("bad-condition", file, place(), `a condition has exactly one of ${wants.join(", ")}`);
  }
  return policy;
}

/** Judges `policy` on everything that a config promises: one result for each condition, in their order. */
export function judgePolicy(policy: Policy, promises: readonly Promised[]): readonly JudgedCondition[] {
  const byRule = new Map<string, Promised[]>(policy.requires.map(({ rule }) => [rule, []]));
  for (const promised of promises) byRule.get(promised.rule)?.push(promised);
  return policy.requires.map((condition) => judgeCondition(condition, byRule.get(condition.rule) ?? []));
}

function judgeCondition(condition: Condition, promises: readonly Promised[]): JudgedCondition {
  const { where } = condition;
  const matches = where === undefined ? everything : globMatcher(where);
  const own = promises.filter(({ subject }) => matches(subject));
  const want = wants.find((each) => Object.hasOwn(condition, each));
  const wanted: Json = { [want ?? "is"]: condition[want ?? "is"] ?? null };
  const broken = own.find((promised) => !satisfies(condition, promised));
  const shown = broken ?? own[0];
  const holds = broken === undefined && (shown !== undefined || holdsWithout(condition));
  return {
    holds,
    rule: condition.rule,
    subject: shown?.subject ?? condition.where ?? "**",
    promised: shown?.value ?? null,
    wanted,
    at: shown?.at ?? "",
  };
}

function everything(): boolean {
  return true;
}

function holdsWithout({ rule, atMost, none }: Condition): boolean {
  return none !== undefined || (atMost !== undefined && isolatesAsMuch(rule, atMost, absent));
}

function isolatesAsMuch(rule: string, limit: Json, value: Json): boolean {
  return ["same", "stronger"].includes(findRule(rule).compare(limit, value));
}

/** Whether one promise keeps `condition`; which promises it speaks of is for the caller to know. */
export function satisfies(condition: Condition, { rule, value }: Pick<Promised, "rule" | "value">): boolean {
  const { is, subsetOf, atMost, none } = condition;
  if (is !== undefined) return equalJson(is, value);
  if (subsetOf !== undefined) return isArray(value) && value.every((item) => holdsItem(subsetOf, item));
  if (atMost !== undefined) return isolatesAsMuch(rule, atMost, value);
  return none === undefined || !equalJson(none, value);
}
