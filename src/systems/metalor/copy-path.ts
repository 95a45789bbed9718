/** Copies a file, a link or a tree over whatever is there. Fact sheet: upstream src/runtime/linux.rs, section 10. */
import { parentPath } from "../../rust/path.ts";
import type { FileStatus, Files } from "../host.ts";
import { HostError, refusedForSafety } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import { makeDirectories } from "./make-directories.ts";
import { removeTree } from "./remove-tree.ts";

/**
 * Copies `source` to `destination`, which is removed first. Links are copied as links, modes are kept, set-id bits too; times
 * and owners are not. Throws {@link Rejection}; what is copied by then stays. A fifo, on which upstream would wait for
 * ever, throws CupelError `refused-for-safety`.
 */
export function copyPath(files: Files, source: string, destination: string): void {
  const status = attempt(`failed to inspect ${source}`, source, () => files.lstat(source));
  removeOld(files, destination);
  if (status.type === "dir") {
    attempt(`failed to create ${destination}`, destination, () => makeDirectories(files, destination));
    fillDirectory(files, source, destination, status.mode);
    return;
  }
  const parent = parentPath(destination);
  if (parent !== undefined) attempt(`failed to create ${parent}`, parent, () => makeDirectories(files, parent));
  copyOne(files, source, destination, status);
}

/** Gives `destination`, a directory that is there, the mode `mode`, and then the entries of `source`. Throws as {@link copyPath}. */
export function fillDirectory(files: Files, source: string, destination: string, mode: number): void {
  attempt(`failed to apply permissions to ${destination}`, destination, () => files.setMode(destination, mode));
  const entries = attempt(`failed to read directory ${source}`, source, () => files.readEntries(source));
  const below = `${destination.endsWith("/") ? destination : `${destination}/`}`;
  const from = `${source.endsWith("/") ? source : `${source}/`}`;
  for (const { name, type } of entries) {
    if (type === "file" && below.length + name.length <= longPath) copyRegular(files, from + name, below + name);
    else copyEntry(files, from + name, below + name);
  }
}

/** Nearly everything is a regular file: that is copied without a look at it. Where it cannot be, the words are those of {@link copyEntry}. */
function copyRegular(files: Files, source: string, destination: string): void {
  try {
    files.copyFile(source, destination);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    copyEntry(files, source, destination);
  }
}

/** As copyPath; but the parent is a directory that has just been made, so that nearly always nothing is there yet. */
function copyEntry(files: Files, source: string, destination: string): void {
  const status = attempt(`failed to inspect ${source}`, source, () => files.lstat(source));
  // A path may have become too long, which is noticed when the place is looked at.
  if (destination.length > longPath) {
    attempt(`failed to inspect ${destination}`, destination, () => files.find(destination));
  }
  if (status.type !== "dir") {
    copyOne(files, source, destination, status);
    return;
  }
  attempt(`failed to create ${destination}`, destination, () => files.makeDirectory(destination));
  fillDirectory(files, source, destination, status.mode);
}

/** UTF-16 units that surely are no more bytes than a path may have (PATH_MAX, limits.h). */
const longPath = 1365;

function copyOne(files: Files, source: string, destination: string, { type, mode }: FileStatus): void {
  if (type === "symlink") {
    const target = attempt(`failed to read symlink ${source}`, source, () => files.readLink(source));
    const failure = `failed to create symlink ${destination} -> ${target}`;
    attempt(failure, destination, () => files.makeLink(destination, target));
    return;
  }
  if (type === "fifo") throw refusedForSafety(`${source} is a fifo; copying it would wait for ever`);
  const failure = `failed to copy ${source} to ${destination}`;
  if (type === "other") {
    const cause = "the source path is neither a regular file nor a symlink to a regular file";
    throw new Rejection("file-operation-failed", `${failure}: ${cause}`);
  }
  attempt(failure, destination, () => files.copyFile(source, destination, mode));
}

function removeOld(files: Files, destination: string): void {
  const status = attempt(`failed to inspect ${destination}`, destination, () => files.find(destination));
  if (status === undefined) return;
  if (status.type === "dir") {
    attempt(`failed to remove directory ${destination}`, destination, () => removeTree(files, destination));
  } else {
    attempt(`failed to remove file ${destination}`, destination, () => files.removeFile(destination));
  }
}
