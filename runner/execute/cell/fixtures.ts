/** Makes files for a cell, component by component, below a directory of ours and without following any link. */
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { CupelError } from "../../../src/errors.ts";
import type { TreeEntry } from "../../../src/suite/case.ts";

/**
 * Makes `entry` below `root` (absolute, existing). Missing parents are made; an existing directory is accepted, anything
 * else in the way is refused. Throws {@link CupelError} `bad-fixture` with the path.
 */
export function makeFixture(root: string, entry: TreeEntry): void {
  const components = componentsBelow(root, entry.path);
  const name = components.pop();
  let at = root;
  for (const component of components) {
    at = `${at}/${component}`;
    ensureDirectory(at, 0o755);
  }
  if (name === undefined) return;
  const path = `${at}/${name}`;
  switch (entry.type) {
    case "dir":
      ensureDirectory(path, modeOf(entry, 0o755));
      return;
    case "file":
      writeNew(path, contentOf(entry), modeOf(entry, 0o644));
      return;
    case "symlink":
      symlinkSync(entry.target ?? "", path);
      return;
    case "fifo":
      throw new CupelError("bad-fixture", `${entry.path}: a cell cannot have a fifo as a fixture`);
  }
}

/** Creates a file that must not exist yet; never through a link. */
export function writeNew(path: string, content: Uint8Array | string, mode: number): void {
  const descriptor = openSync(
    path,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    mode,
  );
  try {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    fchmodSync(descriptor, mode); // whatever the umask
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a directory or accepts the one that is there; a link is not a directory. */
export function ensureDirectory(path: string, mode: number): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    mkdirSync(path, { mode }); // throws if something has come there meanwhile
    chmodSync(path, mode); // whatever the umask
  } else if (!found.isDirectory()) {
    throw new CupelError("bad-fixture", `${path} is in the way: not a directory (links are not followed)`);
  }
}

/** Makes the directories between `root` and `path`, which lies below it, or accepts those that are there. */
export function ensureParents(root: string, path: string): void {
  let at = root;
  for (const component of path
    .slice(root.length + 1)
    .split("/")
    .slice(0, -1)) {
    at = `${at}/${component}`;
    ensureDirectory(at, 0o755);
  }
}

function componentsBelow(root: string, path: string): string[] {
  if (path !== root && !path.startsWith(`${root}/`)) {
    throw new CupelError("bad-fixture", `${path}: a fixture must lie below {{cell}}`);
  }
  const components = path
    .slice(root.length + 1)
    .split("/")
    .filter((component) => component !== "");
  if (components.some((component) => component === "." || component === "..")) {
    throw new CupelError("bad-fixture", `${path}: a fixture's path must not hold "." or ".."`);
  }
  return components;
}

function modeOf(entry: TreeEntry, usual: number): number {
  return entry.mode === undefined ? usual : Number.parseInt(entry.mode, 8);
}

function contentOf(entry: TreeEntry): Uint8Array | string {
  return entry.contentBase64 === undefined ? (entry.content ?? "") : Buffer.from(entry.contentBase64, "base64");
}
