/** Files in memory that behave as Linux's do for root with umask 022. */
import { decodeBase64, encodeBase64, isBase64 } from "../bytes/base64.ts";
import { compareUtf8 } from "../bytes/order.ts";
import { encodeUtf8, textOfUtf8 } from "../bytes/utf8.ts";
import { type Errno, type FileStatus, type Files, HostError } from "../systems/host.ts";
import type { Tree, TreeEntry } from "./case.ts";
import { type Directory, makeRoot, type Node, type Walked, walk } from "./memory-walk.ts";

/** The files of one host in memory. Nothing is made before it is asked for: most operations touch no file. */
export class MemoryFiles implements Files {
  readonly #tree: Tree;
  readonly #cwd: string;
  #root: Directory | undefined;

  /** `tree` is there at the start, with the parents it needs, and so is the directory `cwd`. */
  constructor(tree: Tree, cwd: string) {
    this.#tree = tree;
    this.#cwd = cwd;
  }

  lstat(path: string): FileStatus {
    const node = this.#find(path, false);
    const mode = node.type === "symlink" ? 0o777 : node.mode;
    return { type: node.type, mode, uid: 0, gid: 0, size: sizeOf(node) };
  }

  readDirectory(path: string): readonly string[] {
    const node = this.#find(path, true);
    return node.type === "dir" ? namesIn(node) : fail("ENOTDIR", path);
  }

  readFile(path: string): Uint8Array {
    const node = this.#find(path, true);
    if (node.type === "file") return node.bytes.slice();
    return fail(node.type === "dir" ? "EISDIR" : "EIO", path);
  }

  writeFile(path: string, bytes: Uint8Array): void {
    const { directory, name, node, mustBeDirectory } = this.#walk(path, true);
    if (node?.type === "file") node.bytes = bytes.slice();
    else if (node !== undefined || mustBeDirectory) fail(node?.type === "fifo" ? "EIO" : "EISDIR", path);
    else directory.entries.set(name, { type: "file", mode: 0o644, bytes: bytes.slice() });
  }

  makeDirectory(path: string): void {
    const { directory, name, node } = this.#walk(path.replace(/\/+$/, "") || path, false);
    if (node !== undefined) fail("EEXIST", path);
    directory.entries.set(name, emptyDirectory());
  }

  readLink(path: string): string {
    const node = this.#find(path, false);
    return node.type === "symlink" ? node.target : fail("EINVAL", path);
  }

  /** Everything below the directory `below`, parents first, each directory in the order of its names' bytes. */
  tree(below: string): Tree {
    const node = this.#find(below, true);
    return node.type === "dir" ? [...list(node, below.replace(/\/+$/, ""))] : fail("ENOTDIR", below);
  }

  #find(path: string, follow: boolean): Node {
    return this.#walk(path, follow).node ?? fail("ENOENT", path);
  }

  #walk(path: string, follow: boolean): Walked {
    this.#root ??= plant(this.#tree, this.#cwd);
    return walk(this.#root, this.#cwd, path, follow);
  }
}

/** The root directory with everything in it that is there at the start. */
function plant(tree: Tree, cwd: string): Directory {
  const root = makeRoot();
  makeParents(root, `${cwd}/`);
  for (const entry of tree) plantEntry(root, entry);
  return root;
}

function plantEntry(root: Directory, entry: TreeEntry): void {
  makeParents(root, entry.path);
  const { directory, name, node } = walk(root, "/", entry.path, false);
  const mode = entry.mode === undefined ? undefined : Number.parseInt(entry.mode, 8);
  if (node?.type === "dir" && entry.type === "dir") {
    if (mode !== undefined) node.mode = mode;
    return;
  }
  if (node !== undefined) fail("EEXIST", entry.path);
  directory.entries.set(name, nodeOf(entry, mode));
}

function nodeOf(entry: TreeEntry, mode: number | undefined): Node {
  if (entry.type === "dir") return { type: "dir", mode: mode ?? 0o755, entries: new Map() };
  if (entry.type === "fifo") return { type: "fifo", mode: mode ?? 0o644 };
  if (entry.type === "symlink") return { type: "symlink", target: entry.target ?? "" };
  const { content = "", contentBase64 } = entry;
  if (contentBase64 !== undefined && !isBase64(contentBase64)) fail("EINVAL", entry.path);
  const bytes = contentBase64 === undefined ? encodeUtf8(content) : decodeBase64(contentBase64);
  return { type: "file", mode: mode ?? 0o644, bytes };
}

/** Makes the directories of `path` up to its last slash. */
function makeParents(root: Directory, path: string): void {
  for (let end = path.indexOf("/", 1); end > 0; end = path.indexOf("/", end + 1)) {
    const { directory, name, node } = walk(root, "/", path.slice(0, end), true);
    if (node === undefined) directory.entries.set(name, emptyDirectory());
  }
}

function emptyDirectory(): Directory {
  return { type: "dir", mode: 0o755, entries: new Map() };
}

function sizeOf(node: Node): number {
  if (node.type === "file") return node.bytes.length;
  return node.type === "symlink" ? encodeUtf8(node.target).length : 0;
}

function namesIn(directory: Directory): readonly string[] {
  return [...directory.entries.keys()].sort(compareUtf8);
}

function* list(directory: Directory, path: string): Generator<TreeEntry> {
  for (const name of namesIn(directory)) {
    const node = directory.entries.get(name);
    if (node === undefined) continue;
    yield entryOf(node, `${path}/${name}`);
    if (node.type === "dir") yield* list(node, `${path}/${name}`);
  }
}

function entryOf(node: Node, path: string): TreeEntry {
  if (node.type === "symlink") return { path, type: "symlink", target: node.target };
  const mode = node.mode.toString(8);
  if (node.type !== "file") return { path, type: node.type, mode };
  const content = textOfUtf8(node.bytes);
  return content === undefined
    ? { path, type: "file", mode, contentBase64: encodeBase64(node.bytes) }
    : { path, type: "file", mode, content };
}

function fail(errno: Errno, path: string): never {
  throw new HostError(errno, path);
}
