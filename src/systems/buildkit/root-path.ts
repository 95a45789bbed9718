/** Paths bounded by a root, whatever links say. Fact sheet: containerd continuity, fs/path.go, `RootPath`. */
import { cleanPath, joinPath } from "../../go/clean-path.ts";
import { Rejection } from "../rejection.ts";
import { type Directory, find, type Node, TreeError } from "./file-tree.ts";

/** Links that one resolution may follow, all its passes together. */
const mostLinks = 255;

/**
 * The path below `root` that `path` leads to in `tree`: its links are taken as inside `root`, and what does not exist is
 * taken as it stands. A blank `path` gives `root` untouched. Nothing keeps the tree from changing afterwards.
 * Throws {@link Rejection} `too-many-links`, or `lstat-failed` with the path that the kernel refused.
 */
export function rootPath(tree: Directory, root: string, path: string): string {
  if (path === "") return root;
  const lookUp = looker(tree, joinPath(root));
  let open = path;
  for (let links = 0; ; ) {
    const pass = followLinks(lookUp, open, links);
    if (pass.links === links) return joinPath(root, joinPath("/", pass.position));
    links = pass.links;
    open = pass.position;
  }
}

type LookUp = (candidate: string) => Node | undefined;

/** One pass over the components. What a link says is not looked up before something stands behind it. */
function followLinks(
  lookUp: LookUp,
  path: string,
  followed: number,
): { readonly links: number; readonly position: string } {
  let links = followed;
  let position = "/";
  let settled = true; // position is absolute and clean
  let alone = !path.startsWith("/"); // the first component of a relative path
  for (const component of path.split("/")) {
    if (component === "") continue;
    if (links > mostLinks) throw new Rejection("too-many-links", "too many links");
    const candidate: string = settled ? stepFrom(position, component) : joinPath("/", position, component);
    const node: Node | undefined = candidate === "/" ? undefined : lookUp(candidate);
    settled = node?.type !== "symlink";
    if (node?.type !== "symlink") position = candidate;
    else {
      links += 1;
      position = alone || node.target.startsWith("/") ? node.target : joinPath(position, node.target);
    }
    alone = false;
  }
  return { links, position };
}

function stepFrom(position: string, component: string): string {
  if (component === ".") return position;
  if (component === "..") return position.slice(0, Math.max(1, position.lastIndexOf("/")));
  return position === "/" ? `/${component}` : `${position}/${component}`;
}

/** lstat(2) below `root`, once for each path; undefined where nothing is. */
function looker(tree: Directory, root: string): LookUp {
  const known = new Map<string, Node | undefined>();
  return (candidate) => {
    if (known.has(candidate)) return known.get(candidate);
    const node = lstat(tree, root === "/" ? candidate : root + candidate);
    known.set(candidate, node);
    return node;
  };
}

function lstat(tree: Directory, path: string): Node | undefined {
  try {
    return find(tree, path, false);
  } catch (error) {
    if (!(error instanceof TreeError)) throw error;
    if (error.errno === "ENOENT") return undefined;
    throw new Rejection("lstat-failed", `lstat ${path}: ${error.message}`);
  }
}

/** Whether `path` is at or below `prefix`, both cleaned lexically first. Fact sheet: upstream executor/oci/mounts.go. */
export function hasPrefix(path: string, prefix: string): boolean {
  const above = cleanPath(prefix);
  if (above.endsWith("/")) return true;
  const cleaned = cleanPath(path);
  return cleaned === above || cleaned.startsWith(`${above}/`);
}
