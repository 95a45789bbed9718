/** File trees as JSON values, and back. */
import { decodeBase64, isBase64 } from "../bytes/base64.ts";
import { compareUtf8 } from "../bytes/order.ts";
import { textOfUtf8 } from "../bytes/utf8.ts";
import { isArray, isObject, type Json } from "../json/value.ts";
import type { Tree, TreeEntry } from "./case.ts";

/** The tree as a list of objects. */
export function treeJson(tree: Tree): Json {
  return tree.map((entry) => ({ ...entry }));
}

/** What {@link treeJson} gave, with its strings changed. */
export function treeOf(value: Json): Tree {
  // The shape is a tree's: only strings were replaced.
  return value as unknown as Tree;
}

/**
 * The tree in one form whoever wrote it: sorted by the bytes of path parts, modes filled in (755 for directories, 644
 * for the rest) without leading zeros, content as text where it is UTF-8. What is no tree stays as it is.
 */
export function canonicalTree(value: Json): Json {
  if (!isArray(value) || !value.every(isEntry)) return value;
  const entries = value.map((entry) => canonicalEntry(entry as unknown as TreeEntry));
  return entries.sort((a, b) => comparePaths(a.path, b.path)).map((entry) => ({ ...entry }));
}

function isEntry(value: Json): boolean {
  return isObject(value) && typeof value["path"] === "string" && typeof value["type"] === "string";
}

function canonicalEntry(entry: TreeEntry): TreeEntry {
  const { path, type, target } = entry;
  if (type === "symlink") return target === undefined ? { path, type } : { path, type, target };
  const mode = (entry.mode ?? (type === "dir" ? "755" : "644")).replace(/^0+(?=.)/, "");
  return type === "file" ? { path, type, mode, ...contentOf(entry) } : { path, type, mode };
}

function contentOf({ content, contentBase64 }: TreeEntry): Pick<TreeEntry, "content" | "contentBase64"> {
  if (contentBase64 === undefined) return { content: content ?? "" };
  const text = isBase64(contentBase64) ? textOfUtf8(decodeBase64(contentBase64)) : undefined;
  return text === undefined ? { contentBase64 } : { content: text };
}

/** "/a/b" comes before "/a.b": a directory stands right before what is in it. */
function comparePaths(a: string, b: string): number {
  const [mine, others] = [a.split("/"), b.split("/")];
  for (const [index, part] of mine.entries()) {
    const other = others[index];
    if (other === undefined) return 1;
    if (part !== other) return compareUtf8(part, other);
  }
  return mine.length - others.length;
}
