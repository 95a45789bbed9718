/** Which paths a request that comes over the wire may hold. */
import { pathComponents } from "../../rust/path.ts";

/** Whether `path` has no `.` or `..` segment and no slash too many; the empty path is clean. */
export function isCleanPath(path: string): boolean {
  const components = pathComponents(path);
  const [first, ...rest] = components;
  const rebuilt = first === "/" ? `/${rest.join("/")}` : components.join("/");
  return rebuilt === path && !components.includes(".") && !components.includes("..");
}

/** Whether `path` is clean and does not start at the root. */
export function isCleanRelativePath(path: string): boolean {
  return !path.startsWith("/") && isCleanPath(path);
}

/** Whether `path` is clean and starts at the root. */
export function isCleanAbsolutePath(path: string): boolean {
  return path.startsWith("/") && isCleanPath(path);
}
