/** The words of --require. */
import type { Context } from "../arguments/command.ts";
import { nearest } from "../arguments/nearest.ts";
import { usageError } from "../arguments/usage-error.ts";
import { profilesAtHand } from "../load/load-profiles.ts";

/**
 * What must be there: names of runtimes, and `privileged` and `unprivileged`, the callers of cells.
 * Throws a usage error (exit 2) for any other word: it could never be there, and a slip of the fingers is no lack of the machine.
 */
export function requiredWords({ flags, cwd }: Pick<Context, "flags" | "cwd">): readonly string[] {
  const wanted = flags.list("require").flatMap((list) => list.split(",").map((word) => word.trim()));
  const words = [...new Set(wanted)].filter((word) => word !== "");
  const names = profilesAtHand({ flags, cwd }).map(({ name }) => name);
  const known = [...names, "privileged", "unprivileged"];
  for (const word of words) {
    if (known.includes(word)) continue;
    const meant = nearest(word, known);
    const all = `the words are ${known.join(", ")}`;
    throw usageError(
      `--require ${word}: nothing is called so`,
      meant === undefined ? all : `did you mean ${meant}? ${all}`,
    );
  }
  return words;
}
