/** Reads `--bail`. */
import type { Flags } from "../arguments/option.ts";
import { positive } from "../arguments/positive.ts";

/** After how many failures a run ends; undefined when it goes on whatever happens. Throws a usage error (exit 2). */
export function wantedBail(flags: Flags): number | undefined {
  if (!flags.declares("bail")) return undefined;
  return positive(flags, "bail", "a whole number above 0", Number.isInteger);
}
