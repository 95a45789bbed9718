/** Paths as text. Nothing here looks at a file system. */

/**
 * The absolute path that `path` means inside a container, where `..` cannot leave the root: no doubled or trailing slash,
 * no `.` or `..`. A relative path means below `/` (OCI runtime spec, config.md, "Mounts").
 */
export function insidePath(path: string): string {
  if (clean.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Nearly all paths of a config: absolute, and nothing to take out. */
const clean = /^(?:\/(?!\.\.?(?:\/|$))[^/]+)+$/;

/**
 * The path on the host that `path` means, relative ones below `base` (OCI runtime spec: below the bundle): no doubled or
 * trailing slash and no `.`. `..` is resolved as text, so a caller who must not be led astray refuses it first.
 */
export function hostPath(base: string, path: string): string {
  return insidePath(path.startsWith("/") ? path : `${base}/${path}`);
}

/** Whether `path` has a `..` component. */
export function climbs(path: string): boolean {
  return path.split("/").includes("..");
}

/** Whether `path` lies below `directory`, and is not `directory` itself; both clean. */
export function isBelow(path: string, directory: string): boolean {
  return directory === "/" ? path !== "/" : path.startsWith(directory) && path.charAt(directory.length) === "/";
}

/** `name` in `directory`. */
export function inDirectory(directory: string, name: string): string {
  return directory === "/" ? `/${name}` : `${directory}/${name}`;
}
