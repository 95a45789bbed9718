/** A Host that lives in memory. Its files behave as Linux's do for root with umask 022. */
import { type Errno, type FileStatus, type Host, HostError } from "../systems/host.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { compareBytes } from "./byte-order.ts";
import type { Tree, TreeEntry } from "./case.ts";
import { type Directory, makeRoot, type Node, walk } from "./memory-walk.ts";

/** A Host whose files can be seen as a tree. */
export interface MemoryHost extends Host {
  /** Everything below the directory `below`, parents first, each directory in the order of its names' bytes. */
  tree(below: string): Tree;
}

/** What is there at the start. Missing parents are made. */
export interface MemorySetup {
  readonly tree?: Tree;
  /** Absolute; a directory that is made empty. `/cupel-cwd` when absent. */
  readonly cwd?: string;
}

/** The process id of every memory host: near the largest that Linux gives, so that no golden holds it by chance. */
export const memoryPid: number = 4194301;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A new Host with its own files. Throws {@link HostError} when `setup` contradicts itself. */
export function memoryHost(setup: MemorySetup = {}): MemoryHost {
  const root = makeRoot();
  const cwd = setup.cwd ?? "/cupel-cwd";
  makeParents(root, `${cwd}/`);
  for (const entry of setup.tree ?? []) plant(root, entry);

  const find = (path: string, follow: boolean): Node => {
    const { node } = walk(root, cwd, path, follow);
    return node ?? fail("ENOENT", path);
  };

  return {
    files: {
      lstat: (path) => statusOf(find(path, false)),
      readDirectory(path) {
        const node = find(path, true);
        return node.type === "dir" ? [...node.entries.keys()].sort(compareBytes) : fail("ENOTDIR", path);
      },
      readFile(path) {
        const node = find(path, true);
        if (node.type === "file") return node.bytes.slice();
        return fail(node.type === "dir" ? "EISDIR" : "EIO", path);
      },
      writeFile(path, bytes) {
        const { directory, name, node, mustBeDirectory } = walk(root, cwd, path, true);
        if (node?.type === "file") node.bytes = bytes.slice();
        else if (node !== undefined || mustBeDirectory) fail(node?.type === "fifo" ? "EIO" : "EISDIR", path);
        else directory.entries.set(name, { type: "file", mode: 0o644, bytes: bytes.slice() });
      },
      makeDirectory(path) {
        const { directory, name, node } = walk(root, cwd, path.replace(/\/+$/, "") || path, false);
        if (node !== undefined) fail("EEXIST", path);
        directory.entries.set(name, { type: "dir", mode: 0o755, entries: new Map() });
      },
      readLink(path) {
        const node = find(path, false);
        return node.type === "symlink" ? node.target : fail("EINVAL", path);
      },
    },
    tools: { run: (argv) => fail("ENOENT", argv[0] ?? "") },
    process: { pid: memoryPid, cwd, env: {} },
    tree(below) {
      const node = find(below, true);
      return node.type === "dir" ? [...list(node, below.replace(/\/+$/, ""))] : fail("ENOTDIR", below);
    },
  };
}

function plant(root: Directory, entry: TreeEntry): void {
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
  const bytes = contentBase64 === undefined ? encoder.encode(content) : fromBase64(contentBase64);
  return { type: "file", mode: mode ?? 0o644, bytes: bytes ?? fail("EINVAL", entry.path) };
}

/** Makes the directories of `path` up to its last slash. */
function makeParents(root: Directory, path: string): void {
  for (let end = path.indexOf("/", 1); end > 0; end = path.indexOf("/", end + 1)) {
    const { directory, name, node } = walk(root, "/", path.slice(0, end), true);
    if (node === undefined) directory.entries.set(name, { type: "dir", mode: 0o755, entries: new Map() });
  }
}

function statusOf(node: Node): FileStatus {
  const mode = node.type === "symlink" ? 0o777 : node.mode;
  return { type: node.type, mode, uid: 0, gid: 0, size: sizeOf(node) };
}

function sizeOf(node: Node): number {
  if (node.type === "file") return node.bytes.length;
  return node.type === "symlink" ? encoder.encode(node.target).length : 0;
}

function* list(directory: Directory, path: string): Generator<TreeEntry> {
  const names = [...directory.entries.keys()].sort(compareBytes);
  for (const name of names) {
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
  try {
    return { path, type: "file", mode, content: decoder.decode(node.bytes) };
  } catch {
    return { path, type: "file", mode, contentBase64: toBase64(node.bytes) };
  }
}

function fail(errno: Errno, path: string): never {
  throw new HostError(errno, path);
}
