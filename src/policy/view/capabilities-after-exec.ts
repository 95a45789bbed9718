/** The capability sets of the process once it has executed its program. */
import type { Config } from "../../oci/config.ts";
import { capabilityNumbers } from "../../oci/vocabulary.ts";
import type { CapabilitySet } from "../answers/status.ts";

/** The five sets, names sorted. */
export type CapabilitySets = { readonly [set in CapabilitySet]: readonly string[] };

/**
 * capabilities(7), "Transformation of capabilities during execve()" and "Capabilities and execution of programs by root",
 * for a program without file capabilities and without set-id bits, and with no securebit set (config.json cannot set one):
 *
 * - ambient capabilities can only be raised where inheritable and permitted have them, and stay;
 * - for user id 0 the program counts as having all capabilities: permitted becomes inheritable | bounding, effective the same;
 * - with noNewPrivileges permitted gains nothing over what it was before (the kernel intersects the two);
 * - for any other user only the ambient ones stay permitted and effective.
 *
 * An absent set is empty; a name that no kernel has is passed over (OCI runtime spec: a warning, not a failure).
 */
export function capabilitiesAfterExec(config: Config): CapabilitySets {
  const given = config.process?.capabilities ?? {};
  const bounding = given.bounding ?? [];
  const inheritable = given.inheritable ?? [];
  const before = given.permitted ?? [];
  const ambient = both(both(given.ambient ?? [], inheritable), before);
  const gained = isRoot(config) ? [...inheritable, ...bounding] : [];
  const kept = config.process?.noNewPrivileges === true ? both(gained, before) : gained;
  const permitted = [...kept, ...ambient];
  return {
    bounding: nameList(bounding),
    effective: nameList(permitted),
    inheritable: nameList(inheritable),
    permitted: nameList(permitted),
    ambient: nameList(ambient),
  };
}

function isRoot(config: Config): boolean {
  return BigInt(config.process?.user?.uid ?? 0) === 0n;
}

function both(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.filter((name) => b.includes(name));
}

function nameList(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => Object.hasOwn(capabilityNumbers, name)).sort();
}
