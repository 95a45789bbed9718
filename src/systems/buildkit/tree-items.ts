/** File trees as requests have them: lists of entries, made one after the other. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import { joinPath } from "../../go/clean-path.ts";
import { Misfit } from "../misfit.ts";
import type { Same } from "../same-type.ts";
import { goInt, list, text } from "./fields.ts";
import { type Directory, emptyDirectory, find, findPlace, type Node, type Owned, TreeError } from "./file-tree.ts";

/** One entry. Parents that are not there are made; a later entry writes over an earlier file. */
export interface TreeItem {
  readonly path: string;
  readonly type: "dir" | "file" | "symlink";
  readonly content?: string;
  readonly target?: string;
  /** Permission bits, as a number or in octal digits; 0755 for directories and 0644 for files when absent or 0. */
  readonly mode?: number | bigint | string;
  readonly uid?: number | bigint;
  readonly gid?: number | bigint;
}

/** The schema of a tree. */
const itemSchema = closed({
  path: text,
  type: v.picklist(["dir", "file", "symlink"]),
  content: v.exactOptional(text),
  target: v.exactOptional(v.pipe(text, v.maxLength(4095))),
  mode: v.exactOptional(v.union([goInt, v.pipe(v.string(), v.regex(/^[0-7]{1,6}$/))])),
  uid: v.exactOptional(goInt),
  gid: v.exactOptional(goInt),
});

true satisfies Same<TreeItem, v.InferOutput<typeof itemSchema>>;

/** The schema of a list of entries; null is an empty one. */
export const treeSchema: v.GenericSchema<readonly TreeItem[] | null> = list(itemSchema);

/**
 * Makes `items` in the tree `root`, each at its path below `below` (absolute). Throws {@link Misfit} with `pointer` and the
 * place of an entry that cannot be made.
 */
export function makeTree(root: Directory, items: readonly TreeItem[], below: string, pointer: string): void {
  for (const [place, item] of items.entries()) {
    try {
      makeItem(root, item, joinPath("/", below, item.path));
    } catch (error) {
      if (!(error instanceof TreeError)) throw error;
      throw new Misfit(`${pointer}/${place}/path`, `cannot be made: ${error.message}`);
    }
  }
}

/** The directory at `path`, made with all its parents where there is none (mkdir -p). Throws {@link TreeError}. */
export function makeDirectories(root: Directory, path: string, owned: Partial<Owned> = {}): Directory {
  const there = lookUp(root, path);
  if (there !== undefined) return there.type === "dir" ? there : fail("ENOTDIR");
  const { parent, name } = findPlace(root, ensureParent(root, path, owned));
  if (name === undefined) return parent;
  if (parent.children.has(name)) fail("EEXIST"); // a link that leads nowhere
  const made = emptyDirectory(owned.mode, owned.uid, owned.gid);
  parent.children.set(name, made);
  return made;
}

/** What `path` leads to; undefined where there is nothing. Throws {@link TreeError} for any other refusal. */
export function lookUp(root: Directory, path: string): Node | undefined {
  try {
    return find(root, path, true);
  } catch (error) {
    if (error instanceof TreeError && error.errno === "ENOENT") return undefined;
    throw error;
  }
}

function makeItem(root: Directory, item: TreeItem, path: string): void {
  if (item.type === "dir") {
    Object.assign(makeDirectories(root, path), ownedBy(item, 0o755));
    return;
  }
  const { parent, name } = findPlace(root, ensureParent(root, path, {}));
  const there = name === undefined ? parent : parent.children.get(name);
  if (name === undefined || there?.type === "dir") throw new TreeError("EISDIR");
  if (item.type === "symlink") {
    if (there !== undefined) fail("EEXIST");
    if (item.target === undefined || item.target === "") fail("ENOENT");
    parent.children.set(name, { type: "symlink", target: item.target, ...ownedBy(item, 0o777) });
  } else {
    if (there?.type === "symlink") fail("EEXIST");
    parent.children.set(name, { type: "file", content: item.content ?? "", ...ownedBy(item, 0o644) });
  }
}

/** Makes what is missing above `path`, and gives `path` back. */
function ensureParent(root: Directory, path: string, owned: Partial<Owned>): string {
  makeDirectories(root, path.slice(0, Math.max(1, path.lastIndexOf("/"))), owned);
  return path;
}

function ownedBy({ mode, uid = 0, gid = 0 }: TreeItem, usual: number): Owned {
  const bits = typeof mode === "string" ? Number.parseInt(mode, 8) : Number(mode ?? 0);
  return { mode: (bits || usual) & 0o7777, uid: Number(uid), gid: Number(gid) };
}

function fail(errno: TreeError["errno"]): never {
  throw new TreeError(errno);
}
