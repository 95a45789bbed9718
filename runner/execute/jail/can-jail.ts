/** Whether this caller can have a jail, before anything is tried. */

/** Why cells cannot be executed by this caller, with the cure; undefined when they can. */
export function canJail(): string | undefined {
  if (process.platform !== "linux") return "cells are executed on Linux only";
  if (process.getuid?.() !== 0) return "executing cells needs root; run it with sudo";
  return undefined;
}
