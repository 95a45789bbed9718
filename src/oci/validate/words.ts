/** Words for messages: quoted values and suggestions. */
import { distance } from "fastest-levenshtein";
import { isArray, isObject, type Json } from "../../json/value.ts";

/** `value` for a message: scalars as JSON, cut short; a list or an object only by its kind. */
export function quote(value: Json): string {
  if (isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (isObject(value)) return "an object";
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  return shown.length <= 80 ? shown : `${shown.slice(0, 79)}…`;
}

/** What could have been meant by `word`: the nearest of `words`, or all of them if they are few. */
export function suggest(word: string, words: readonly string[]): string {
  const near = nearest(word, words);
  if (near !== undefined) return `did you mean ${quote(near)}?`;
  if (words.length > 20) return `expected one such as ${words.slice(0, 3).join(", ")}`;
  return `expected one of ${words.join(", ")}`;
}

/** The word with the fewest typing errors, if they are few for its length. */
function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  let best: string | undefined;
  let fewest = Math.max(2, Math.floor(word.length / 4)) + 1;
  for (const candidate of words) {
    const errors = distance(word.toLowerCase(), candidate.toLowerCase());
    if (errors < fewest && errors < candidate.length) {
      best = candidate;
      fewest = errors;
    }
  }
  return best;
}
