/** Mutants: weakenings of configs that a rule must notice, mutants/*.json. */
import * as v from "valibot";
import { anyJson } from "../format/any-json.ts";
import { closed } from "../format/closed.ts";
import { FormatError, type FormatPlace } from "../format/format-error.ts";
import { locate } from "../format/locate.ts";
import { named } from "../format/named.ts";
import { readDocument } from "../format/read-document.ts";
import { globMatcher } from "../glob.ts";
import type { Config } from "../oci/config.ts";
import type { Same } from "../systems/same-type.ts";
import { diffPromises } from "./diff.ts";
import type { Change } from "./patch.ts";
import { findRule, nearestRule, promisesOf, rules } from "./rules.ts";

/** One weakening. */
export interface Mutant {
  readonly id: string;
  /** The rule that must notice. */
  readonly rule: string;
  /** Glob over the subjects it weakens. */
  readonly weakens: string;
  /** How somebody could come to do this. */
  readonly why: string;
  readonly patch: readonly Change[];
}

/** What a mutant does to one config. */
export interface StaticKill {
  /** Whether the rule says that a subject which the mutant is to weaken isolates less (or, for a functional rule, differs). */
  readonly killed: boolean;
  /** The subjects of the rule that the mutant means and that changed at all. */
  readonly affected: readonly string[];
}

interface MutantFile {
  readonly $schema?: string;
  readonly mutants: readonly Mutant[];
}

const schema = closed({
  $schema: v.exactOptional(v.string()),
  mutants: v.array(
    closed({
      id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, "an id of small letters, digits and dashes")),
      rule: v.string(),
      weakens: v.string(),
      why: v.string(),
      patch: v.pipe(
        v.array(
          closed({
            op: v.picklist(["remove", "set", "add"]),
            at: v.pipe(v.string(), v.regex(/^(\/[^/]*)+$/, "a JSON pointer")),
            where: v.exactOptional(named(anyJson)),
            value: v.exactOptional(anyJson),
          }),
        ),
        v.minLength(1, "at least one change"),
      ),
    }),
  ),
});

true satisfies Same<MutantFile, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

/** The mutants in `text`. Throws FormatError, also for an unknown rule or an id that stands twice. */
export function readMutants(text: string, file: string): readonly Mutant[] {
  const { mutants } = readDocument(schema, text, file);
  const seen = new Set<string>();
  for (const [index, { id, rule }] of mutants.entries()) {
    // Looked up only for a fault: finding it means reading the text again.
    const place = (): FormatPlace => locate(text, ["mutants", index]);
    if (!rules.some((each) => each.id === rule)) {
      throw new FormatError("unknown-rule", file, place(), `there is no rule "${rule}"`, nearestRule(rule));
    }
    if (seen.has(id)) throw new FormatError("duplicate-mutant", file, place(), `the id "${id}" stands twice`);
    seen.add(id);
  }
  return mutants;
}

/** What `mutant` does to a config, by the promises before and after. */
export function killedStatically(mutant: Mutant, before: Config, after: Config): StaticKill {
  const meant = globMatcher(mutant.weakens);
  const rule = findRule(mutant.rule);
  const changes = diffPromises(promisesOf(before, [rule]), promisesOf(after, [rule])).filter(({ subject }) =>
    meant(subject),
  );
  const enough = rule.kind === "functional" ? ["weaker", "different"] : ["weaker"];
  return {
    killed: changes.some(({ comparison }) => enough.includes(comparison)),
    affected: changes.map(({ subject }) => subject),
  };
}
