/** What `--color` and `--no-color` say. */
import type { Flags } from "../arguments/option.ts";

/** True, false, or undefined when neither was given; refusing colour wins. */
export function colorOption(flags: Flags): boolean | undefined {
  if (flags.has("no-color")) return false;
  return flags.has("color") ? true : undefined;
}
