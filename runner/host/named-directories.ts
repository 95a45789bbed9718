/** The directories that a request may be carried out in, beside the one made for it. */
import { lstatSync, realpathSync } from "node:fs";
import os from "node:os";
import { isArray, isObject, type Json } from "../../src/json/value.ts";

/** What directories are called that are ours, or that somebody made for a request of ours. */
const ownNames = /^cupel-(scratch|request)-/;

/** Where temporary directories are made. */
const usualBases: readonly string[] = ["/tmp", "/var/tmp", "/dev/shm"];

/**
 * The temporary directories of the caller that a text in `values` names, or names something below: directories that stand
 * directly in a place for temporary files, are called cupel-scratch-... or cupel-request-..., are no links, and belong to this
 * user. Under such a name nobody keeps what must not be lost; a checkout that lies in /tmp has another.
 */
export function namedDirectories(...values: readonly Json[]): readonly string[] {
  const bases = [...new Set([os.tmpdir(), ...usualBases].flatMap(realPathOf))];
  const found = new Set<string>();
  for (const text of values.flatMap(textsIn)) {
    const base = bases.find((each) => text.startsWith(`${each}/`));
    if (base === undefined) continue;
    const [name = ""] = text.slice(base.length + 1).split("/", 1);
    const directory = `${base}/${name}`;
    if (ownNames.test(name) && !found.has(directory) && isOwn(directory)) found.add(directory);
  }
  return [...found];
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return value.startsWith("/") && !value.includes("\0") ? [value] : [];
  if (isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function realPathOf(path: string): readonly string[] {
  try {
    return [realpathSync.native(path)];
  } catch {
    return [];
  }
}

function isOwn(directory: string): boolean {
  const status = lstatSync(directory, { throwIfNoEntry: false });
  return status?.isDirectory() === true && status.uid === process.geteuid?.();
}
