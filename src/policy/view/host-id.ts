/** Ids of a container as the host sees them. */
import type { IdMapping, Integer } from "../../oci/config.ts";
import { limitedInteger } from "./integer.ts";

/** The id on the host that `id` inside stands for; undefined when no range of `mappings` holds it (user_namespaces(7)). */
export function hostId(id: Integer, mappings: readonly IdMapping[]): number | bigint | undefined {
  const wanted = BigInt(id);
  for (const { containerID, hostID, size } of mappings) {
    const offset = wanted - BigInt(containerID);
    if (offset >= 0n && offset < BigInt(size)) return limitedInteger(BigInt(hostID) + offset);
  }
  return undefined;
}
