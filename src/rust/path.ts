/** Paths as Rust's std::path sees them on Unix: text that is joined and compared, never resolved or tidied. */

/**
 * `Path::join`: an absolute `part` replaces `base`; else a slash goes between them unless `base` is empty or ends in one. An
 * empty `part` leaves `base` with a slash at its end.
 */
export function joinPath(base: string, part: string): string {
  if (part.startsWith("/")) return part;
  return base === "" || base.endsWith("/") ? base + part : `${base}/${part}`;
}

/**
 * `Path::components`: `/` for the root, `.` only at the very start of a relative path, `..` and names. Doubled and trailing
 * slashes and the other `.` segments vanish.
 */
export function pathComponents(path: string): readonly string[] {
  const components = path.split("/").filter((segment, place) => segment !== "" && (segment !== "." || place === 0));
  return path.startsWith("/") ? ["/", ...components] : components;
}

/** A text that two paths share exactly when Rust calls them equal: when they have the same components. */
export function pathIdentity(path: string): string {
  return pathComponents(path).join("/");
}

/**
 * `Path::strip_prefix`: what of `path` follows the components of `prefix`, `undefined` when it does not start with them. It is a
 * piece of the text of `path`, rid of slashes and `.` segments at its ends only. Behind an empty prefix that is all of
 * `path`, even an absolute one, and its start stays as it is.
 */
export function stripPrefix(path: string, prefix: string): string | undefined {
  const wanted = pathComponents(prefix);
  const found = pathComponents(path);
  if (wanted.some((component, place) => component !== found[place])) return undefined;
  // Only slashes and dots stand between two components, so the next occurrence of the text is the next component.
  const start = wanted.reduce((end, component) => path.indexOf(component, end) + component.length, 0);
  if (wanted.length === 0) return trimEnd(path, path.startsWith("/") || found[0] === "." ? 1 : 0);
  const rest = path.slice(start).replace(/^(?:\.?\/)+/, "");
  return trimEnd(rest === "." ? "" : rest, 0);
}

/** `Path::starts_with`: whether the components of `prefix` are the first ones of `path`. */
export function startsWithPath(path: string, prefix: string): boolean {
  const found = pathComponents(path);
  return pathComponents(prefix).every((component, place) => component === found[place]);
}

/** `Path::file_name`: the last component when it is a name; undefined for `/`, the empty path and what ends in `..`. */
export function fileName(path: string): string | undefined {
  const last = pathComponents(path).at(-1);
  return last === "/" || last === "." || last === ".." ? undefined : last;
}

/**
 * `Path::parent`: the text before the last component, rid of slashes and `.` segments at its end. Undefined for `/` and the
 * empty path.
 */
export function parentPath(path: string): string | undefined {
  const last = pathComponents(path).at(-1);
  if (last === undefined || last === "/") return undefined;
  const start = path.startsWith("/") || (last !== "." && pathComponents(path)[0] === ".") ? 1 : 0;
  return trimEnd(path.slice(0, path.lastIndexOf(last)), start);
}

/** Drops slashes and `.` segments at the end, but nothing of the first `kept` characters. */
function trimEnd(path: string, kept: number): string {
  let end = path.length;
  while (end > kept) {
    const slash = path.lastIndexOf("/", end - 1);
    const segment = path.slice(Math.max(slash + 1, kept), end);
    if (segment !== "" && segment !== ".") break;
    end = Math.max(slash, kept);
  }
  return path.slice(0, end);
}
