/** Names of environment variables. */

/** The name in `NAME=value`; the whole entry where it has no `=`. */
export function variableName(entry: string): string {
  const at = entry.indexOf("=");
  return at < 0 ? entry : entry.slice(0, at);
}
