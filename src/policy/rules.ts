/** All rules. */
import type { Config } from "../oci/config.ts";
import type { Promised, Rule } from "./rule.ts";
import { identity } from "./rules/identity.ts";
import { namespaces } from "./rules/namespaces.ts";

export const rules: readonly Rule[] = [namespaces, identity];
export function findRule(id: string): Rule {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}
export function promisesOf(config: Config): readonly Promised[] {
  return rules.flatMap((rule) => rule.promises(config));
}
