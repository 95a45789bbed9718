/** Paths as Go's path/filepath has them, on Unix. */

/** `path` with `.`, `..` and repeated slashes worked out lexically (filepath.Clean); a blank one is `.`. */
export function cleanPath(path: string): string {
  if (isClean.test(path)) return path;
  const rooted = path.startsWith("/");
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.length > 0 && kept[kept.length - 1] !== "..") kept.pop();
    else if (!rooted) kept.push("..");
  }
  if (rooted) return `/${kept.join("/")}`;
  return kept.length === 0 ? "." : kept.join("/");
}

/** Nearly all paths: names that do not start with a dot, with one slash between them. */
const isClean = /^(?:\/?[^/.][^/]*(?:\/[^/.][^/]*)*|\/)$/;

/** The parts that are not blank, with slashes between them, cleaned (filepath.Join); blank when all are. */
export function joinPath(...parts: readonly string[]): string {
  const joined = parts.filter((part) => part !== "").join("/");
  return joined === "" ? "" : cleanPath(joined);
}
