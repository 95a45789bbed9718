/** Whether the rules notice weakened configs, by what the configs promise: the static half of `cupel mutate`. */
import type { Json } from "../json/value.ts";
import type { Config } from "../oci/config.ts";
import { killedStatically, type Mutant } from "../policy/mutant.ts";
import { applyPatch } from "../policy/patch.ts";
import type { CheckEvent } from "./event.ts";

/** A config that mutants are tried on. */
export interface Subject {
  /** Full id of its case. */
  readonly id: string;
  readonly config: Json;
}

/** The full name of a mutant, which stands in its check ids in a case's place. */
export function mutantName({ rule, id }: Mutant): string {
  return `mutants/${rule}/${id}`;
}

/** Id of the static check of a mutant. */
export function staticCheckId(mutant: Mutant): string {
  return `${mutantName(mutant)}#config`;
}

/**
 * Tries `mutant` on the configs in their order. It passes at the first one of which its rule says that it isolates less
 * than before. It fails when configs change and the rule never says so. One that changes nothing its rule looks at in the
 * whole table is a skip: it tells nothing here.
 */
export function judgeStatically(mutant: Mutant, subjects: readonly Subject[]): CheckEvent {
  const id = staticCheckId(mutant);
  let changed: string | undefined;
  for (const subject of subjects) {
    const after = applyPatch(subject.config, mutant.patch);
    const kill = killedStatically(mutant, asConfig(subject.config), asConfig(after));
    if (kill.killed) {
      return { type: "check", id, verdict: "pass", seen: { case: subject.id, subjects: [...kill.affected] } };
    }
    if (after !== subject.config && kill.affected.length > 0) changed ??= subject.id;
  }
  if (changed === undefined) {
    return { type: "check", id, verdict: "skip", code: "no-effect", reason: "it changes no config of this table" };
  }
  const reason = `survived: ${mutant.rule} does not say that ${mutant.weakens} isolates less (first changed in ${changed})`;
  return { type: "check", id, verdict: "fail", code: "survived", promised: "noticed", seen: "not noticed", reason };
}

function asConfig(config: Json): Config {
  return config as unknown as Config;
}
