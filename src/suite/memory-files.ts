/** Files in memory that behave as Linux's do for root with umask 022. */
import { decodeBase64, encodeBase64, isBase64 } from "../bytes/base64.ts";
import { compareUtf8 } from "../bytes/order.ts";
import { encodeUtf8, textOfUtf8 } from "../bytes/utf8.ts";
import {
  type DirectoryEntry,
  type Errno,
  type FileReader,
  type FileStatus,
  type Files,
  type FileWriter,
  HostError,
} from "../systems/host.ts";
import type { Tree, TreeEntry } from "./case.ts";
import { type Device, type Directory, makeRoot, type Node, type Walked, walk } from "./memory-walk.ts";

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
    return statusOf(this.#find(path, false));
  }

  stat(path: string): FileStatus {
    return statusOf(this.#find(path, true));
  }

  find(path: string): FileStatus | undefined {
    try {
      const { node } = this.#walk(path, false);
      return node === undefined ? undefined : statusOf(node);
    } catch (error) {
      if (error instanceof HostError && error.errno === "ENOENT") return undefined;
      throw error;
    }
  }

  realPath(path: string): string {
    const { names, name, node } = this.#walk(path, true);
    if (node === undefined) fail("ENOENT", path);
    return `/${(name === "." ? names : [...names, name]).join("/")}`;
  }

  readDirectory(path: string): readonly string[] {
    const node = this.#find(path, true);
    return node.type === "dir" ? namesIn(node) : fail("ENOTDIR", path);
  }

  readEntries(path: string): readonly DirectoryEntry[] {
    const node = this.#find(path, true);
    if (node.type !== "dir") fail("ENOTDIR", path);
    return namesIn(node).map((name) => ({ name, type: node.entries.get(name)?.type ?? "other" }));
  }

  readFile(path: string): Uint8Array {
    const node = this.#find(path, true);
    if (node.type === "file") return node.bytes.slice();
    return fail(node.type === "dir" ? "EISDIR" : "EIO", path);
  }

  open(path: string): FileReader {
    let rest = this.readFile(path);
    return {
      read: () => {
        const bytes = rest;
        rest = new Uint8Array(0);
        return bytes;
      },
      close: () => {},
    };
  }

  writeFile(path: string, bytes: Uint8Array): void {
    if (this.#lastName(path).slash) fail("EISDIR", path);
    const { directory, name, node, mustBeDirectory } = this.#walk(path, true);
    if (node?.type === "file") node.bytes = bytes.slice();
    else if (node !== undefined || mustBeDirectory) fail(node?.type === "fifo" ? "EIO" : "EISDIR", path);
    else directory.entries.set(name, { type: "file", mode: 0o644, bytes: bytes.slice() });
  }

  create(path: string): FileWriter {
    const { directory, name, node, slash } = this.#lastName(path);
    if (slash) fail("EISDIR", path);
    if (node !== undefined) fail("EEXIST", path);
    const file = { type: "file" as const, mode: 0o644, bytes: new Uint8Array(0) };
    directory.entries.set(name, file);
    return {
      write: (bytes) => {
        const all = new Uint8Array(file.bytes.length + bytes.length);
        all.set(file.bytes);
        all.set(bytes, file.bytes.length);
        file.bytes = all;
      },
      close: () => {},
    };
  }

  copyFile(source: string, destination: string, mode: number = this.stat(source).mode): void {
    this.writeFile(destination, this.readFile(source));
    this.setMode(destination, mode);
  }

  makeDirectory(path: string): void {
    const { directory, name, node } = this.#lastName(path);
    if (node !== undefined) fail("EEXIST", path);
    // The set-group-id bit is handed down (inode(7)).
    directory.entries.set(name, { type: "dir", mode: 0o755 | (directory.mode & 0o2000), entries: new Map() });
  }

  makeLink(path: string, target: string): void {
    if (target === "") fail("ENOENT", path);
    const { directory, name, node, slash } = this.#lastName(path);
    if (node !== undefined) fail("EEXIST", path);
    if (slash) fail("ENOENT", path);
    directory.entries.set(name, { type: "symlink", target });
  }

  makeHardLink(existing: string, path: string): void {
    const found = this.#find(existing, false);
    const { directory, name, node, slash } = this.#lastName(path);
    if (node !== undefined) fail("EEXIST", path);
    if (slash) fail("ENOENT", path);
    if (found.type === "dir") fail("EPERM", existing);
    directory.entries.set(name, found);
  }

  setMode(path: string, mode: number): void {
    const node = this.#find(path, true);
    if (node.type !== "symlink") node.mode = mode;
  }

  removeFile(path: string): void {
    const { directory, name, node, slash } = this.#lastName(path);
    if (node === undefined) fail("ENOENT", path);
    if (node.type === "dir") fail("EISDIR", path);
    if (slash) fail("ENOTDIR", path);
    directory.entries.delete(name);
  }

  removeDirectory(path: string): void {
    const { directory, name, node, bare } = this.#lastName(path);
    if (node === undefined) fail("ENOENT", path);
    if (node.type !== "dir") fail("ENOTDIR", path);
    if (name === ".") fail(/(^|\/)\.\.$/.test(bare) ? "ENOTEMPTY" : "EINVAL", path);
    if (node.entries.size > 0) fail("ENOTEMPTY", path);
    directory.entries.delete(name);
  }

  readLink(path: string): string {
    const node = this.#find(path, false);
    return node.type === "symlink" ? node.target : fail("EINVAL", path);
  }

  /** Everything below the directory `below`, parents first, each directory in the order of its names' bytes; nothing when it is gone. */
  tree(below: string): Tree {
    if (this.find(below) === undefined) return [];
    const node = this.#find(below, true);
    return node.type === "dir" ? [...list(node, below.replace(/\/+$/, ""))] : fail("ENOTDIR", below);
  }

  /**
   * The last name of a path itself, a link not followed even when slashes stand behind it, as calls that make or remove a
   * name see it. `slash`: there are some, behind a name.
   */
  #lastName(path: string): Walked & { readonly bare: string; readonly slash: boolean } {
    const bare = path.replace(/\/+$/, "") || path;
    const walked = this.#walk(bare, false);
    return { ...walked, bare, slash: bare !== path && walked.name !== "." };
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
  const devices: Directory = { type: "dir", mode: 0o755, entries: new Map() };
  root.entries.set("dev", devices);
  for (const name of deviceNames) devices.entries.set(name, { type: "other", mode: 0o666 });
  for (const entry of tree) plantEntry(root, entry);
  return root;
}

/** What every Linux has in /dev. */
const deviceNames: readonly string[] = ["null", "zero", "full", "random", "urandom", "tty"];

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

function statusOf(node: Node): FileStatus {
  const mode = node.type === "symlink" ? 0o777 : node.mode;
  return { type: node.type, mode, uid: 0, gid: 0, size: sizeOf(node) };
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
    // A tree of the table cannot speak of a device.
    if (node === undefined || node.type === "other") continue;
    yield entryOf(node, `${path}/${name}`);
    if (node.type === "dir") yield* list(node, `${path}/${name}`);
  }
}

function entryOf(node: Exclude<Node, Device>, path: string): TreeEntry {
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
