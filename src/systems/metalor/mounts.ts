/** Which places a mount takes. Fact sheet: upstream src/runtime/linux.rs. */
import type { ContainerRunCommand } from "./spec.ts";

/** Whether a mount on `destination` covers `target`: a comparison of text, nothing is tidied. */
export function mountCovers(destination: string, target: string): boolean {
  if (destination === target || destination === "/") return true;
  return target.startsWith(destination) && target.charAt(destination.length) === "/";
}

/** Whether any mount of the command covers `target`. */
export function hasMountCovering({ mounts }: Pick<ContainerRunCommand, "mounts">, target: string): boolean {
  return mounts.some(({ destination }) => mountCovers(destination, target));
}
