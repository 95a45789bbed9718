/** Reading a file of an image. */
import { type Directory, find, TreeError } from "./file-tree.ts";

/** The text at `path`, or why it cannot be read, as Go says it; undefined where opening it fails. */
export function readFile(
  tree: Directory,
  path: string,
): { readonly text: string } | { readonly error: string } | undefined {
  try {
    const node = find(tree, path, true);
    return node.type === "file" ? { text: node.content } : { error: `read ${path}: is a directory` };
  } catch (error) {
    if (error instanceof TreeError) return undefined;
    throw error;
  }
}
