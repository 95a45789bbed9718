/** Where a path leads for a process whose root directory is another one (chroot(2), path_resolution(7)). */
import { type FileStatus, type Files, HostError } from "../host.ts";

/** Something in a root. */
export interface InRoot {
  /** Its path in the root, without links. */
  readonly inside: string;
  /** Its path on the host. */
  readonly place: string;
  readonly status: FileStatus;
}

/** Linux follows this many links on one path. */
const mostLinks = 40;

/** What `path` leads to in `root`, from the directory `cwd` there. Throws {@link HostError} as the kernel would. */
export function findInRoot(files: Files, root: string, path: string, cwd: string): InRoot {
  if (path === "") throw new HostError("ENOENT", path);
  const done: string[] = [];
  const rest = `${path.startsWith("/") ? path : `${cwd}/${path}`}${path.endsWith("/") ? "." : ""}`.split("/").reverse();
  let links = 0;
  let status = files.stat(root);
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    if (name === "") continue;
    if (status.type !== "dir") throw new HostError("ENOTDIR", path);
    if (name === "." || name === "..") {
      if (name === "..") done.pop();
      status = files.stat(placeOf(root, done));
      continue;
    }
    const place = placeOf(root, [...done, name]);
    const found = files.lstat(place);
    if (found.type !== "symlink") {
      done.push(name);
      status = found;
      continue;
    }
    links += 1;
    if (links > mostLinks) throw new HostError("ELOOP", path);
    const target = files.readLink(place);
    if (target.startsWith("/")) {
      done.length = 0;
      status = files.stat(root);
    }
    rest.push(...`${target}${target.endsWith("/") ? "." : ""}`.split("/").reverse());
  }
  return { inside: `/${done.join("/")}`, place: placeOf(root, done), status };
}

function placeOf(root: string, names: readonly string[]): string {
  return names.length === 0 ? root : `${root.replace(/\/+$/, "")}/${names.join("/")}`;
}
