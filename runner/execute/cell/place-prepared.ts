/** Puts the programs and device nodes that questions speak of where a cell will find them. */
import { chmodSync, chownSync, linkSync, lstatSync, unlinkSync } from "node:fs";
import type { Preparation } from "../../../src/policy/question.ts";
import { emitNamed } from "../probe/programs.ts";
import { ensureParents, writeNew } from "./fixtures.ts";
import type { CallQuestion } from "./sort-questions.ts";

/** Where things are put: both absolute, the root file system below the cell's directory. */
export interface Places {
  readonly directory: string;
  readonly rootfs: string;
  /** Holds the run's device nodes; see ../jail/nodes.ts. */
  readonly nodes: string;
}

/**
 * Places what `questions` need. Nothing outside the cell's directory is touched and no link followed; where the directory
 * for it is not there, or is a file, nothing is put and the question finds nothing.
 */
export function placePrepared(questions: readonly { readonly question: CallQuestion }[], places: Places): void {
  const done = new Set<string>();
  for (const { question } of questions) {
    const { prepared, argument } = question;
    if (prepared === undefined || argument === undefined) continue;
    const path = prepared.place ?? places.rootfs + argument;
    const isOurs = path.startsWith(`${places.rootfs}/.cupel/`);
    if (done.has(path) || (!isOurs && !isDirectory(places.directory, path.slice(0, path.lastIndexOf("/"))))) continue;
    done.add(path);
    if (isOurs) ensureParents(`${places.rootfs}/.cupel`, path);
    put(prepared, path, places.nodes);
  }
}

function put(prepared: Preparation, path: string, nodes: string): void {
  if ("node" in prepared) {
    try {
      linkSync(`${nodes}/${nodeName(prepared)}`, path);
    } catch (error) {
      // Without the right to make nodes there are none, and the question finds nothing.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    return;
  }
  writeNew(path, emitNamed(prepared.program, prepared.amount), 0o755);
  if (prepared.setUserId === undefined) return;
  try {
    chownSync(path, prepared.setUserId.user, prepared.setUserId.group);
    chmodSync(path, 0o4755); // after the owner: a change of owner takes the bit away
  } catch (error) {
    // Only root gives files away, and only to ids that its user namespace has; without that the question finds nothing.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EPERM" && code !== "EINVAL") throw error;
    unlinkSync(path);
  }
}

/** What a device node is called among the run's. */
export function nodeName({ node, major, minor }: Extract<Preparation, { node: string }>): string {
  return `${node}-${major}-${minor}`;
}

/** Whether `path` is a directory below `root` that is reached without a link. */
function isDirectory(root: string, path: string): boolean {
  if (path !== root && !path.startsWith(`${root}/`)) return false;
  let at = root;
  for (const component of path.slice(root.length).split("/").filter(Boolean)) {
    at = `${at}/${component}`;
    if (component === ".." || lstatSync(at, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  }
  return true;
}
