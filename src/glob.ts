/** Globs over ids of cases and checks. */
import { closest } from "fastest-levenshtein";
import { CupelError } from "./errors.ts";

/**
 * Whether `glob` means `id`: `*` stands for anything but `/`, `**` for anything, `?` for one character but `/`; all
 * else, brackets too, stands for itself. A pattern without `*` and `?` also means everything below it.
 */
export function matchesGlob(glob: string, id: string): boolean {
  return globMatcher(glob)(id);
}

/** {@link matchesGlob} of one glob, to be asked often. */
export function globMatcher(glob: string): (id: string) => boolean {
  if (!/[*?]/.test(glob)) {
    const below = glob.endsWith("/") ? glob : `${glob}/`;
    return (id) => id === glob || id.startsWith(below);
  }
  const source = glob.replace(/\*{2,}|\*|\?|[\\^$.+()[\]{}|]/g, (part) => {
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return part.startsWith("*") ? "[^]*" : `\\${part}`;
  });
  const pattern = new RegExp(`^${source}$`, "u");
  return (id) => pattern.test(id);
}

/**
 * The ids that one of `patterns` means, in their order; all of them when there is no pattern.
 * Throws CupelError `no-match` (exit 4) for a pattern that means none, and names the id or directory nearest to it.
 */
export function selectIds(patterns: readonly string[], ids: readonly string[]): readonly string[] {
  if (patterns.length === 0) return ids;
  const matchers = patterns.map(globMatcher);
  for (const [index, matches] of matchers.entries()) {
    if (!ids.some(matches)) throw noMatch(patterns[index] ?? "", ids);
  }
  return ids.filter((id) => matchers.some((matches) => matches(id)));
}

function noMatch(pattern: string, ids: readonly string[]): CupelError {
  const candidates = new Set(ids);
  for (const id of ids) {
    for (let end = id.indexOf("/"); end > 0; end = id.indexOf("/", end + 1)) candidates.add(id.slice(0, end));
  }
  const message = `nothing is named ${JSON.stringify(pattern)}`;
  // The file of a table, which a shell completes, or the id of a check.
  const meant = pattern.replace(/^.*?cases\/(.*)\.json$/, "$1").replace(/#.*$/, "");
  if (candidates.size === 0) return new CupelError("no-match", message, { exit: 4 });
  return new CupelError("no-match", message, {
    hint: `the nearest is ${closest(meant, [...candidates])}; cupel list shows all`,
    exit: 4,
  });
}
