/** The directories that a request may be carried out in, beside the one made for it. */
import { lstatSync, realpathSync } from "node:fs";
import os from "node:os";
import { isArray, isObject, type Json } from "../../src/json/value.ts";

/** Where temporary directories are made. */
const usualBases: readonly string[] = ["/tmp", "/var/tmp", "/dev/shm"];

/**
 * The temporary directories of the caller that a text in `values` names, or names something below: directories that stand
 * directly in a place for temporary files, are no links, and belong to this user. Nobody keeps there what must not be lost.
 */
export function namedDirectories(...values: readonly Json[]): readonly string[] {
  const bases = [...new Set([os.tmpdir(), ...usualBases].flatMap(realPathOf))];
  const found = new Set<string>();
  for (const text of values.flatMap(textsIn)) {
    const base = bases.find((each) => text.startsWith(`${each}/`));
    if (base === undefined) continue;
    const [name = ""] = text.slice(base.length + 1).split("/", 1);
    const directory = `${base}/${name}`;
    if (name !== "" && name !== "." && name !== ".." && !found.has(directory) && isOwn(directory)) found.add(directory);
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
