/** Whether this caller can have a jail, before anything is tried. */
import { readFileSync } from "node:fs";
import { capabilityNumbers } from "../../../src/oci/vocabulary.ts";

/** Why cells cannot be executed by this caller, with the cure; undefined when they can. */
export function canJail(): string | undefined {
  if (process.platform !== "linux") return "cells are executed on Linux only";
  if (process.getuid?.() !== 0) return "executing cells needs root; run it with sudo";
  const effective = /^CapEff:\t([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  if (((BigInt(`0x${effective}`) >> BigInt(capabilityNumbers["CAP_SYS_ADMIN"] ?? 21)) & 1n) === 0n) {
    return "executing cells needs root with CAP_SYS_ADMIN; a container usually takes it away (docker run --privileged gives it)";
  }
  if (!/^\s*0\s+0\s+4294967295\s*$/.test(readFileSync("/proc/self/uid_map", "utf8"))) {
    return "executing cells needs the root of the machine, not of a user namespace";
  }
  return undefined;
}
