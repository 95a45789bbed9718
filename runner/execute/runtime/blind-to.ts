/** What a runtime cannot show, by the words of its profile. */
import { matchesGlob } from "../../../src/glob.ts";
import { equalJson } from "../../../src/json/equal.ts";
import { isObject, type Json } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import type { Promised } from "../../../src/policy/rule.ts";
import type { Profile } from "../../../src/suite/profile.ts";
import { lint } from "./profile-words.ts";

/** Why the runtime of `profile` cannot show that `promised`, of `config`, is kept; undefined when it may. */
export function blindTo(profile: Profile, config: Config, { rule, subject, value }: Promised): string | undefined {
  const { cannotObserve, cannotObserveWhere = [] } = profile;
  const means = (key: string): boolean => key === rule || matchesGlob(key, `${rule}[${subject}]`);
  const always = Object.entries(cannotObserve).find(([key]) => means(key));
  if (always !== undefined) return always[1];
  return cannotObserveWhere.find(
    ({ checks, when, promised }) =>
      checks.some(means) &&
      (when === undefined || lint(when, config)) &&
      (promised === undefined || holdsAll(value, promised)),
  )?.reason;
}

/** Whether `value` is `wanted`, or an object that has all of its members. */
function holdsAll(value: Json, wanted: Json): boolean {
  if (!isObject(wanted) || !isObject(value)) return equalJson(value, wanted);
  return Object.entries(wanted).every(([key, member]) => {
    const own = Object.hasOwn(value, key) ? value[key] : undefined;
    return own !== undefined && equalJson(own, member);
  });
}
