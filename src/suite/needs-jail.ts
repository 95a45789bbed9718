/** Which cases cannot be judged by generating alone. */
import { findOperation } from "../systems/registry.ts";
import { effectsOf } from "../systems/system.ts";
import type { PlacedCase } from "./case.ts";

/** Whether the operation of `c` changes namespaces of the kernel: then `check` leaves the case to `run`. */
export function needsJail({
  system,
  operation,
  options = {},
}: Pick<PlacedCase, "system" | "operation" | "options">): boolean {
  return effectsOf(findOperation(system, operation), options) === "namespace";
}
