/** Changes of a config that a runtime takes no notice of, by the words of its profile. */
import { equalJson } from "../../../src/json/equal.ts";
import type { Json } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { applyPatch } from "../../../src/policy/patch.ts";
import type { Promised } from "../../../src/policy/rule.ts";
import type { Ignored, Profile } from "../../../src/suite/profile.ts";
import { speaksOf } from "./blind-to.ts";
import { lint } from "./profile-words.ts";

/**
 * Why the runtime of `profile` does the same with both configs as far as `weakened`, the promises that differ, can show it and
 * its profile says; undefined when it may not.
 */
export function whyIgnored(
  { ignores = [] }: Profile,
  before: Json,
  after: Json,
  weakened: readonly Promised[] = [],
): string | undefined {
  return ignores.find(
    (ignored) =>
      (ignored.when === undefined || lint(ignored.when, before as unknown as Config)) &&
      (ignored.checks === undefined ||
        weakened.every((promised) => ignored.checks?.some((key) => speaksOf(key, promised)))) &&
      equalJson(without(before, ignored), without(after, ignored)),
  )?.reason;
}

function without(config: Json, { at, where, value }: Ignored): Json {
  const narrowed = { ...(where === undefined ? {} : { where }), ...(value === undefined ? {} : { value }) };
  return applyPatch(config, [{ op: "remove", at, ...narrowed }]);
}
