/** The state directory and the working directory of a step. Fact sheet: upstream executor/runcexecutor/executor.go. */
import { joinPath } from "../../go/clean-path.ts";
import type { Json } from "../../json/value.ts";
import { Misfit } from "../misfit.ts";
import { Rejection } from "../rejection.ts";
import { type Directory, find, type Node, TreeError } from "./file-tree.ts";
import type { IdPair } from "./id-map.ts";
import { rootPath } from "./root-path.ts";
import { makeAll, statOf } from "./state-directory.ts";
import { makeDirectories } from "./tree-items.ts";

/**
 * Makes the state directory at `root` and gives its path, clean; what else appears comes after it. Throws {@link Rejection}
 * `mkdir-failed`, and {@link Misfit} for something else that cannot be made.
 */
export function makeState(tree: Directory, root: string, others: readonly string[]): string {
  if (root === "") throw new Rejection("mkdir-failed", "failed to create : mkdir : no such file or directory");
  const state = joinPath(root);
  makeAll(tree, state, 0o711, { uid: 0, gid: 0 }, `failed to create ${root}`);
  for (const [place, path] of others.entries()) {
    try {
      makeDirectories(tree, joinPath("/", path));
    } catch (error) {
      if (!(error instanceof TreeError)) throw error;
      throw new Misfit(`/request/preExisting/${place}`, `cannot be made: ${error.message}`);
    }
  }
  return state;
}

/**
 * The host path of the working directory, made with all its parents where there is nothing. Throws {@link Rejection}
 * `bad-working-directory` or `mkdir-failed`.
 */
export function workingDirectory(tree: Directory, rootfs: string, cwd: string, owner: IdPair): string {
  let path: string;
  try {
    path = rootPath(tree, rootfs, cwd);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    // The name that is missing here is missing upstream.
    throw new Rejection("bad-working-directory", `working dir  points to invalid target: ${error.message}`);
  }
  if (!isThere(tree, path)) makeAll(tree, path, 0o755, owner, `failed to create working directory ${path}`);
  return path;
}

/** Whether stat(2) finds something. */
export function isThere(tree: Directory, path: string): boolean {
  try {
    find(tree, path, true);
    return true;
  } catch (error) {
    if (error instanceof TreeError) return false;
    throw error;
  }
}

/** The stat, the path and the text of a file that is there. */
export function fileAt(tree: Directory, path: string): Json {
  const node: Node = find(tree, path, true);
  return { ...statOf(node), source: path, content: node.type === "file" ? node.content : null };
}
