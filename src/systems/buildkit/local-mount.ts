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

function overlay(tree: Directory, options: readonly string[]): Directory {
  const lastOf = (key: string): string | undefined =>
    options.findLast((option) => option.startsWith(`${key}=`))?.slice(key.length + 1);
  const [lower, upper, work] = [lastOf("lowerdir"), lastOf("upperdir"), lastOf("workdir")];
  if (lower === undefined || (upper !== undefined && work === undefined)) throw new TreeError("EINVAL");
  const layers = [...(upper === undefined ? [] : [upper]), ...lower.split(":")];
  if (upper !== undefined && work !== undefined) directoryAt(tree, work);
  return merge(layers.map((path) => directoryAt(tree, path)));
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
