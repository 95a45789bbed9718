/** How a path leads to a file: path_resolution(7) over nodes in memory. */
import { HostError } from "../systems/host.ts";

/** A directory. */
export interface Directory {
  readonly type: "dir";
  mode: number;
  readonly entries: Map<string, Node>;
}

/** Anything that a name in a directory can lead to. */
export type Node =
  | Directory
  | { readonly type: "file"; mode: number; bytes: Uint8Array }
  | { readonly type: "symlink"; readonly target: string }
  | { readonly type: "fifo"; mode: number }
  | Device;

/** A device; nothing is known of it but that it is one. */
export interface Device {
  readonly type: "other";
  mode: number;
}

/** Where a path leads. */
export interface Walked {
  /** The directory that holds, or would hold, the last name. */
  readonly directory: Directory;
  /** The last name; of no use when the path ends in `.` or `..`, where `node` is always there. */
  readonly name: string;
  /** What is there; undefined when only the last name is missing. */
  readonly node: Node | undefined;
  /** The path ends in a slash. */
  readonly mustBeDirectory: boolean;
  /** The names from the root to `directory`. */
  readonly names: readonly string[];
}

/** Linux follows this many links on one path and fails at the next. */
const MOST_LINKS = 40;

/** A root directory with nothing in it. */
export function makeRoot(): Directory {
  return { type: "dir", mode: 0o755, entries: new Map() };
}

/**
 * Walks `path`, from `cwd` when it is relative. A final link is followed when `follow` says so or a slash stands behind
 * it. Throws {@link HostError}: ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EINVAL (a NUL in the path).
 */
export function walk(root: Directory, cwd: string, path: string, follow: boolean): Walked {
  if (path === "") throw new HostError("ENOENT", path);
  if (path.includes("\0")) throw new HostError("EINVAL", path);
  if (tooLong(path, 4095)) throw new HostError("ENAMETOOLONG", path);
  const ancestors: Directory[] = [root];
  const names: string[] = [];
  let directory = root;
  let mustBeDirectory = path.endsWith("/");
  let links = 0;
  const rest = partsOf(path.startsWith("/") ? path : `${cwd}/${path}`);
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    const last = rest.length === 0;
    if (name === "." || name === "..") {
      if (name === ".." && ancestors.length > 1) {
        ancestors.pop();
        names.pop();
      }
      directory = ancestors.at(-1) ?? root;
      continue;
    }
    if (tooLong(name, 255)) throw new HostError("ENAMETOOLONG", path);
    const node = directory.entries.get(name);
    if (node === undefined) {
      if (last) return { directory, name, node, mustBeDirectory, names };
      throw new HostError("ENOENT", path);
    }
    if (node.type === "symlink" && (!last || follow || mustBeDirectory)) {
      links += 1;
      if (links > MOST_LINKS) throw new HostError("ELOOP", path);
      if (node.target === "") throw new HostError("ENOENT", path);
      if (last && node.target.endsWith("/")) mustBeDirectory = true;
      if (node.target.startsWith("/")) {
        ancestors.length = 1;
        names.length = 0;
      }
      directory = ancestors.at(-1) ?? root;
      rest.push(...partsOf(node.target));
    } else if (node.type === "dir") {
      if (last) return { directory, name, node, mustBeDirectory, names };
      ancestors.push(node);
      names.push(name);
      directory = node;
    } else if (!last || mustBeDirectory) {
      throw new HostError("ENOTDIR", path);
    } else {
      return { directory, name, node, mustBeDirectory, names };
    }
  }
  return { directory, name: ".", node: directory, mustBeDirectory, names };
}

/** The names in `path`, the last one first. */
function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (let end = path.length; end > 0; ) {
    const slash = path.lastIndexOf("/", end - 1);
    if (slash + 1 < end) parts.push(path.slice(slash + 1, end));
    end = slash;
  }
  return parts;
}

function tooLong(text: string, most: number): boolean {
  return text.length * 3 > most && new TextEncoder().encode(text).length > most;
}
