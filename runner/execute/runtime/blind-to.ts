/** What a runtime cannot show, by the words of its profile. */
import { matchesGlob } from "../../../src/glob.ts";
import { hasAll } from "../../../src/json/has-all.ts";
import type { Config } from "../../../src/oci/config.ts";
import type { Promised } from "../../../src/policy/rule.ts";
import type { Profile } from "../../../src/suite/profile.ts";
import { lint } from "./profile-words.ts";

/** Why the runtime of `profile` cannot show that `promised`, of `config`, is kept; undefined when it may. */
export function blindTo(profile: Profile, config: Config, promised: Promised): string | undefined {
  const { cannotObserve, cannotObserveWhere = [] } = profile;
  const means = (key: string): boolean => speaksOf(key, promised);
  const always = Object.entries(cannotObserve).find(([key]) => means(key));
  if (always !== undefined) return always[1];
  return cannotObserveWhere.find(
    ({ checks, when, promised: wanted }) =>
      checks.some(means) &&
      (when === undefined || lint(when, config)) &&
      (wanted === undefined || hasAll(promised.value, wanted)),
  )?.reason;
}

/** Whether `key`, a rule or a glob over `RULE[SUBJECT]`, means `promised`. */
export function speaksOf(key: string, { rule, subject }: Promised): boolean {
  return key === rule || matchesGlob(key, `${rule}[${subject}]`);
}
