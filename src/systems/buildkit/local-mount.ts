/**
 * What mount(2) makes of a mount in a tree of files. Fact sheet: upstream snapshot/localmounter_unix.go, containerd
 * mount.
 */
import { type Directory, emptyDirectory, find, type Node, TreeError } from "./file-tree.ts";
import type { SourceMount } from "./mount-request.ts";

/** File systems that show nothing of the tree. */
const emptyTypes: readonly string[] = ["tmpfs", "proc", "sysfs", "devpts", "mqueue", "cgroup", "cgroup2"];

/** What a directory shows once `mount` is mounted on it. Throws {@link TreeError} with what mount(2) says. */
export function mountedDirectory(tree: Directory, mount: SourceMount): Directory {
  const options = mount.options ?? [];
  // The flags come from the options: they make a bind of any type, and "bind" alone is an unknown file system.
  if (options.some((option) => option === "bind" || option === "rbind")) return directoryAt(tree, mount.source ?? "");
  if (mount.type === "overlay") return overlay(tree, options);
  if (emptyTypes.includes(mount.type ?? "")) return emptyDirectory(0o755);
  throw new TreeError("ENODEV");
}

function directoryAt(tree: Directory, path: string): Directory {
  const node = find(tree, path, true);
  if (node.type !== "dir") throw new TreeError("ENOTDIR");
  return node;
}

/**
 * Layers are looked up in the order of the options, also one that a later option replaces. No lower one may lie in another
 * layer, and one alone is no overlay (Documentation/filesystems/overlayfs.rst; seen on Linux 6.18).
 */
function overlay(tree: Directory, options: readonly string[]): Directory {
  let [upper, work]: (Directory | undefined)[] = [];
  let lower: readonly Directory[] = [];
  for (const option of options) {
    const [key = "", path = ""] = splitOnce(option);
    if (key === "lowerdir") lower = path === "" ? [] : path.split(":").map((part) => layerAt(tree, part));
    else if (key === "upperdir") upper = layerAt(tree, path);
    else if (key === "workdir") work = layerAt(tree, path);
  }
  if (lower.length === 0) throw new TreeError("EINVAL");
  if (upper === undefined) {
    if (lower.length === 1) throw new TreeError("EINVAL");
    checkApart(lower, lower);
    return merge(lower);
  }
  if (work === undefined || holds(work, upper) || holds(upper, work)) throw new TreeError("EINVAL");
  checkApart([upper, work], lower);
  checkApart(lower, lower);
  return merge([upper, ...lower]);
}

function splitOnce(option: string): readonly [key: string, value: string] {
  const sign = option.indexOf("=");
  return sign === -1 ? [option, ""] : [option.slice(0, sign), option.slice(sign + 1)];
}

function layerAt(tree: Directory, path: string): Directory {
  if (path === "") throw new TreeError("EINVAL");
  const node = find(tree, path, true);
  if (node.type !== "dir") throw new TreeError("EINVAL");
  return node;
}

function checkApart(outer: readonly Directory[], inner: readonly Directory[]): void {
  for (const [place, layer] of inner.entries()) {
    const held = outer.some((other, otherPlace) => (outer !== inner || otherPlace !== place) && holds(other, layer));
    if (held) throw new TreeError("ELOOP");
  }
}

/** Whether `inner` is `outer` or somewhere below it. */
function holds(outer: Directory, inner: Directory, seen: Set<Directory> = new Set()): boolean {
  if (outer === inner) return true;
  if (seen.has(outer)) return false;
  seen.add(outer);
  return [...outer.children.values()].some((node) => node.type === "dir" && holds(node, inner, seen));
}

/** The first of several layers that has a name decides about it; directories of one name are merged. */
function merge(layers: readonly Directory[], known: Merged = { numbers: new Map(), made: new Map() }): Directory {
  // A mount can show a directory that holds it: the same layers are merged once.
  const key = layers.map((layer) => numberOf(layer, known.numbers)).join(" ");
  const before = known.made.get(key);
  if (before !== undefined) return before;
  const [top] = layers;
  const merged = emptyDirectory(top?.mode, top?.uid, top?.gid);
  known.made.set(key, merged);
  for (const name of new Set(layers.flatMap(({ children }) => [...children.keys()]))) {
    const found = layers.map(({ children }) => children.get(name)).filter((node) => node !== undefined);
    const end = found.findIndex(({ type }) => type !== "dir");
    const directories = found.slice(0, end === -1 ? undefined : end).filter((node) => node.type === "dir");
    const [first] = found;
    const node: Node | undefined = directories.length === 0 ? first : merge(directories, known);
    if (node !== undefined) merged.children.set(name, node);
  }
  return merged;
}

/** What is merged already, by the numbers of its layers. */
interface Merged {
  readonly numbers: Map<Directory, number>;
  readonly made: Map<string, Directory>;
}

function numberOf(directory: Directory, numbers: Map<Directory, number>): number {
  const number = numbers.get(directory) ?? numbers.size;
  numbers.set(directory, number);
  return number;
}
