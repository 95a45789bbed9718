/** A tree of files in memory whose lookups behave as the kernel's do: path_resolution(7). */
import { QuietError } from "../../quiet-error.ts";

/** Why the kernel refuses. */
export type Errno = "EEXIST" | "EINVAL" | "EISDIR" | "ELOOP" | "ENAMETOOLONG" | "ENODEV" | "ENOENT" | "ENOTDIR";

/** A refusal, with Go's text for it as message. */
export class TreeError extends QuietError {
  override readonly name = "TreeError";
  readonly errno: Errno;

  constructor(errno: Errno) {
    super(texts[errno]);
    this.errno = errno;
  }
}

const texts: { readonly [errno in Errno]: string } = {
  EEXIST: "file exists",
  EINVAL: "invalid argument",
  EISDIR: "is a directory",
  ELOOP: "too many levels of symbolic links",
  ENAMETOOLONG: "file name too long",
  ENODEV: "no such device",
  ENOENT: "no such file or directory",
  ENOTDIR: "not a directory",
};

/** Mode (permission bits) and owner. */
export interface Owned {
  mode: number;
  uid: number;
  gid: number;
}

/** One thing in the tree. A directory can stand in several places, as bind mounts make it. */
export type Node = Owned &
  (
    | { readonly type: "dir"; readonly children: Map<string, Node> }
    | { readonly type: "file"; readonly content: string }
    | { readonly type: "symlink"; readonly target: string }
  );

/** A directory. */
export type Directory = Extract<Node, { type: "dir" }>;

/** A directory with nothing in it. */
export function emptyDirectory(mode = 0o755, uid = 0, gid = 0): Directory {
  return { type: "dir", mode, uid, gid, children: new Map() };
}

/** Bytes that a path may have, and one name in it. */
const longestPath = 4095;
const longestName = 255;
/** Links that one lookup may follow. */
const mostLinks = 40;

/**
 * What `path` names below `root`, links on the way followed, and a final one with `follow` or where a slash stands behind
 * it. Nothing lies at a relative path. Throws {@link TreeError}.
 */
export function find(root: Directory, path: string, follow: boolean): Node {
  const { parent, name } = walk(root, path, follow);
  return name === undefined ? parent : (parent.children.get(name) ?? fail("ENOENT"));
}

/** The directory of the entry that `path` names, and its name; undefined for the directory itself (`/`, `.`, `..`). */
export function findPlace(root: Directory, path: string): { readonly parent: Directory; readonly name?: string } {
  return walk(root, path, false);
}

function walk(root: Directory, path: string, follow: boolean): { readonly parent: Directory; readonly name?: string } {
  checkPath(path);
  const open = path.split("/").reverse();
  let stack: Directory[] = [root];
  let links = 0;
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const at = stack[stack.length - 1] ?? root;
    const last = open.length === 0;
    if (name === "" || name === ".") continue;
    if (name === "..") {
      if (stack.length > 1) stack.pop();
      continue;
    }
    if (isLonger(name, longestName)) fail("ENAMETOOLONG");
    const node = at.children.get(name);
    if (last && (node?.type !== "symlink" || !follow)) return { parent: at, name };
    if (node === undefined) return onlySlashes(open) ? { parent: at, name } : fail("ENOENT");
    if (node.type === "file") fail("ENOTDIR");
    else if (node.type === "dir") stack.push(node);
    else {
      links += 1;
      if (links > mostLinks) fail("ELOOP");
      if (node.target.startsWith("/")) stack = [root];
      open.push(...node.target.split("/").reverse());
    }
  }
  return { parent: stack[stack.length - 1] ?? root };
}

function checkPath(path: string): void {
  if (path.includes("\0")) fail("EINVAL");
  if (!path.startsWith("/")) fail("ENOENT");
  if (isLonger(path, longestPath)) fail("ENAMETOOLONG");
}

function onlySlashes(names: readonly string[]): boolean {
  return names.every((name) => name === "");
}

/** Whether `text` has more than `bytes` bytes; a character has at least one, and at most three for each unit. */
function isLonger(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes;
}

function fail(errno: Errno): never {
  throw new TreeError(errno);
}
