/** What has to be left out of a config before a runtime starts it, by the words of its profile. */
import { equalJson } from "../../../src/json/equal.ts";
import type { Json } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import { applyPatch } from "../../../src/policy/patch.ts";
import type { Promised } from "../../../src/policy/rule.ts";
import { promisesOf } from "../../../src/policy/rules.ts";
import type { Profile } from "../../../src/suite/profile.ts";
import { lint } from "./profile-words.ts";

/** A config that the runtime may start, and why the one that it was made from is not. */
export interface Startable {
  readonly config: Json;
  readonly reasons: readonly string[];
}

/** `config` without what keeps the runtime of `profile` from starting it; undefined where nothing of it is known to. */
export function startable({ startsWithout = [] }: Profile, config: Json): Startable | undefined {
  const reasons: string[] = [];
  let left = config;
  for (const { when, remove, reason } of startsWithout) {
    if (when !== undefined && !lint(when, config as unknown as Config)) continue;
    const next = applyPatch(
      left,
      remove.map((part) => ({ op: "remove", ...part })),
    );
    if (equalJson(next, left)) continue;
    left = next;
    reasons.push(reason);
  }
  return reasons.length === 0 ? undefined : { config: left, reasons };
}

/** Whether a promise of `before` is another one in `after`, or none. */
export function changedPromise(before: Config, after: Config): (promised: Promised) => boolean {
  const keyOf = ({ rule, subject }: Promised): string => `${rule}[${subject}]`;
  const old = new Map(promisesOf(before).map((each) => [keyOf(each), each.value]));
  const kept = new Map(promisesOf(after).map((each) => [keyOf(each), each.value]));
  return (promised) => {
    const key = keyOf(promised);
    const value = old.get(key);
    const now = kept.get(key);
    return value !== undefined && (now === undefined || !equalJson(value, now));
  };
}
