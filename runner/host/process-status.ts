/** What the kernel says of this very process: proc_pid_status(5). */
import { readFileSync } from "node:fs";
import { capabilityNumbers } from "../../src/oci/vocabulary.ts";

/** Names of the capabilities in the bounding set, in the order of their numbers. None where there is no /proc. */
export function boundingSet(): readonly string[] {
  const mask = BigInt(`0x${statusRow("CapBnd") ?? "0"}`);
  return Object.entries(capabilityNumbers).flatMap(([name, bit]) => ((mask >> BigInt(bit)) & 1n ? [name] : []));
}

/** Supplementary groups. (process.getgroups adds the effective one, which need not be among them.) */
export function supplementaryGroups(): readonly number[] {
  return (statusRow("Groups") ?? "").split(/\s+/).filter(Boolean).map(Number);
}

/** The rest of a row of /proc/self/status. */
export function statusRow(name: string): string | undefined {
  try {
    return new RegExp(`^${name}:\\t(.*)$`, "m").exec(readFileSync("/proc/self/status", "utf8"))?.[1]?.trim();
  } catch {
    return undefined;
  }
}
