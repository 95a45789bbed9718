/** What somebody may have meant. */
import { closest, distance } from "fastest-levenshtein";

/** The name nearest to `word`, when it is near enough to be a slip of the fingers. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const name = closest(word, [...names]);
  return distance(word, name) <= Math.max(2, Math.floor(name.length / 3)) ? name : undefined;
}
