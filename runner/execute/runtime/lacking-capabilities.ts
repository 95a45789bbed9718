/** Capabilities that a config grants and this machine cannot. */
import type { Config } from "../../../src/oci/config.ts";
import { capabilityNumbers } from "../../../src/oci/vocabulary.ts";
import { boundingSet } from "../../host/process-status.ts";

/**
 * Why `config` cannot be started by us, because it grants what was taken from us; undefined when it may be. A new user
 * namespace has all capabilities again (user_namespaces(7)), and a name that no kernel has is granted to nobody.
 */
export function lackingCapabilities({ process, linux }: Config): string | undefined {
  if (linux?.namespaces?.some(({ type, path }) => type === "user" && path === undefined) === true) return undefined;
  const granted = new Set(Object.values(process?.capabilities ?? {}).flat());
  if (granted.size === 0) return undefined;
  const own = boundingSet();
  const lacking = Object.keys(capabilityNumbers).filter((name) => granted.has(name) && !own.includes(name));
  if (lacking.length === 0) return undefined;
  return `the config grants ${lacking.join(", ")}, which the bounding set of cupel itself does not hold here`;
}
