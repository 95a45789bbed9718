/** The executor's state directory and what stands in it, as a tree of files. Fact sheet: upstream executor/oci. */
import { compareUtf8 } from "../../bytes/order.ts";
import { joinPath } from "../../go/clean-path.ts";
import { Rejection } from "../rejection.ts";
import { type Directory, emptyDirectory, find, findPlace, type Node, TreeError } from "./file-tree.ts";
import { type IdMap, type IdPair, narrow, rootPair } from "./id-map.ts";
import { makeDirectories } from "./tree-items.ts";

/** What stat(2) tells, as the table writes it. */
export type Stat = {
  readonly type: Node["type"];
  /** Four octal digits. */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
};

/** The stat of `node`. */
export function statOf({ type, mode, uid, gid }: Node): Stat {
  return { type, mode: mode.toString(8).padStart(4, "0"), uid, gid };
}

/** mkdir(2). Throws {@link Rejection} `mkdir-failed` in Go's words. */
export function makeDirectory(tree: Directory, path: string, mode: number): Directory {
  return orRefuse("mkdir-failed", `mkdir ${path}`, () => {
    const { parent, name } = findPlace(tree, path);
    if (name === undefined || parent.children.has(name)) throw new TreeError("EEXIST");
    const made = emptyDirectory(mode);
    parent.children.set(name, made);
    return made;
  });
}

/**
 * Writes a file of `directory` as upstream does: under another name, given to root of `idmap` if there is one, then renamed.
 * Throws {@link Rejection} `open-failed` or `rename-failed` where a directory is in the way of either name.
 */
export function placeFile(tree: Directory, path: string, content: string, idmap: IdMap | null): void {
  const { parent, name = "" } = findPlace(tree, path);
  if (parent.children.get(`${name}.tmp`)?.type === "dir") {
    throw new Rejection("open-failed", `open ${path}.tmp: is a directory`);
  }
  if (parent.children.get(name)?.type === "dir") {
    throw new Rejection("rename-failed", `rename ${path}.tmp ${path}: file exists`);
  }
  parent.children.set(name, {
    type: "file",
    content,
    mode: 0o644,
    ...ownerOf(idmap === null ? daemon : rootPair(idmap)),
  });
}

const daemon: IdPair = { uid: 0, gid: 0 };

/** The owner that chown(2) leaves on a file of the daemon: -1 changes nothing. */
export function ownerOf({ uid, gid }: IdPair): { readonly uid: number; readonly gid: number } {
  const kept = (id: number): number => (id === 0xffffffff ? 0 : id);
  return { uid: kept(narrow(uid)), gid: kept(narrow(gid)) };
}

/** Makes `path` and what is missing above it. Throws {@link Rejection} with `failure` in front of Go's words. */
export function makeAll(tree: Directory, path: string, mode: number, owner: IdPair, failure: string): void {
  orRefuse("mkdir-failed", `${failure}: mkdir ${path}`, () => makeDirectories(tree, path, { mode, ...ownerOf(owner) }));
}

/** The names in the directory at `path`, sorted by their bytes. */
export function namesIn(tree: Directory, path: string): readonly string[] {
  const node = find(tree, path, true);
  return node.type === "dir" ? [...node.children.keys()].sort(compareUtf8) : [];
}

/** Takes the entry at `path` away with all below it. */
export function remove(tree: Directory, path: string): void {
  const { parent, name } = findPlace(tree, joinPath(path));
  if (name !== undefined) parent.children.delete(name);
}

function orRefuse<Result>(code: string, failure: string, attempt: () => Result): Result {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof TreeError) throw new Rejection(code, `${failure}: ${error.message}`);
    throw error;
  }
}
