/** What the cells of the posture table are held against: a policy, or another system. */
import { globMatcher } from "../../glob.ts";
import type { Json } from "../../json/value.ts";
import { absent } from "../order.ts";
import { type Condition, type Policy, satisfies } from "../read-policy.ts";
import type { Comparison, Promised } from "../rule.ts";
import { findRule } from "../rules.ts";

/** How a cell stands to the reference: undefined where it is the same, enough, or not spoken of. */
export type Relation = Exclude<Comparison, "same"> | undefined;

/** Something to hold cells against. */
export interface Reference {
  readonly kind: "policy" | "system";
  readonly name: string;
  /** Whether it asks for something of this subject; a system asks for nothing. */
  speaksOf(rule: string, subject: string): boolean;
  /** How `value` stands to it; `value` is `absent` where a config has no such subject. */
  relation(rule: string, subject: string, value: Json): Relation;
}

/** A policy: what breaks a condition is weaker, or different where the rule knows no order; the rest is enough. */
export function policyReference(policy: Policy): Reference {
  const matchers = policy.requires.map((condition) => ({ condition, matches: globMatcher(condition.where ?? "**") }));
  const conditions = (rule: string, subject: string): readonly Condition[] =>
    matchers
      .filter(({ condition, matches }) => condition.rule === rule && matches(subject))
      .map((each) => each.condition);
  return {
    kind: "policy",
    name: policy.name,
    speaksOf: (rule, subject) => conditions(rule, subject).length > 0,
    relation(rule, subject, value) {
      const broken = conditions(rule, subject)
        // A pattern speaks of the subjects that are there.
        .filter((condition) => value !== absent || condition.where === subject)
        .filter((condition) => !satisfies(condition, { rule, value }));
      const relations = broken.map((condition) => shortfall(condition, value));
      return relations.includes("weaker") ? "weaker" : relations[0];
    },
  };
}

function shortfall({ rule, is, subsetOf, atMost }: Condition, value: Json): "weaker" | "different" {
  const limit = is ?? subsetOf ?? atMost;
  return limit === undefined || findRule(rule).compare(limit, value) === "weaker" ? "weaker" : "different";
}

/** A system, by what its config for the same intent promises. */
export function systemReference(name: string, promises: readonly Promised[]): Reference {
  const values = new Map(promises.map(({ rule, subject, value }) => [`${rule} ${subject}`, value]));
  return {
    kind: "system",
    name,
    speaksOf: () => false,
    relation(rule, subject, value) {
      const comparison = findRule(rule).compare(values.get(`${rule} ${subject}`) ?? absent, value);
      return comparison === "same" ? undefined : comparison;
    },
  };
}
