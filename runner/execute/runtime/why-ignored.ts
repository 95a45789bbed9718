/** Changes of a config that a runtime takes no notice of, by the words of its profile. */
import { equalJson } from "../../../src/json/equal.ts";
import type { Json } from "../../../src/json/value.ts";
import { applyPatch } from "../../../src/policy/patch.ts";
import type { Ignored, Profile } from "../../../src/suite/profile.ts";

/** Why the runtime of `profile` does the same with both configs, as far as its profile says; undefined when it may not. */
export function whyIgnored({ ignores = [] }: Profile, before: Json, after: Json): string | undefined {
  return ignores.find((ignored) => equalJson(without(before, ignored), without(after, ignored)))?.reason;
}

function without(config: Json, { at, where }: Ignored): Json {
  return applyPatch(config, [{ op: "remove", at, ...(where === undefined ? {} : { where }) }]);
}
