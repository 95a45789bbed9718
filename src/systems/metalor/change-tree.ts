/** Changes files between two steps of a round, as its request says. */
import * as v from "valibot";
import { decodeBase64 } from "../../bytes/base64.ts";
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { closed } from "../../format/closed.ts";
import { parentPath } from "../../rust/path.ts";
import { type Files, HostError } from "../host.ts";
import { Misfit } from "../misfit.ts";
import type { Same } from "../same-type.ts";
import { makeDirectories } from "./make-directories.ts";
import { removeTree } from "./remove-tree.ts";

/** Something to be made, as the trees of the table say it. */
export interface ChangedEntry {
  readonly path: string;
  readonly type: "dir" | "file" | "symlink";
  readonly mode?: string;
  readonly content?: string;
  readonly contentBase64?: string;
  readonly target?: string;
}

const entrySchema = closed({
  path: v.string(),
  type: v.picklist(["dir", "file", "symlink"]),
  mode: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-7]{3,4}$/))),
  content: v.exactOptional(v.string()),
  contentBase64: v.exactOptional(v.string()),
  target: v.exactOptional(v.string()),
});

true satisfies Same<ChangedEntry, v.InferOutput<typeof entrySchema>>;

const list = v.array(entrySchema);
const underTree = v.pipe(
  closed({ tree: list }),
  v.transform(({ tree }) => tree),
);

/** Entries as JSON has them: a list, or an object whose `tree` is one, as recordings have it. */
export const treeSchema: v.GenericSchema<unknown, ChangedEntry[]> = v.lazy(
  (value): v.GenericSchema<unknown, ChangedEntry[]> => (Array.isArray(value) ? list : underTree),
);

/** Removes `gone`, then makes `entries`, with their parents, over what is there. Throws {@link Misfit} when that cannot be done. */
export function changeTree(files: Files, gone: readonly string[], entries: readonly ChangedEntry[]): void {
  for (const [index, path] of gone.entries()) {
    orMisfit(`/request/removeAfterStaging/${index}`, () => removeAny(files, path));
  }
  for (const [index, entry] of entries.entries()) {
    orMisfit(`/request/treeAfterStaging/${index}`, () => makeEntry(files, entry));
  }
}

function removeAny(files: Files, path: string): void {
  const status = files.find(path);
  if (status?.type === "dir") removeTree(files, path);
  else if (status !== undefined) files.removeFile(path);
}

function makeEntry(files: Files, entry: ChangedEntry): void {
  const { path, type, mode, target = "" } = entry;
  makeDirectories(files, parentPath(path) ?? "");
  if (type === "dir") makeDirectories(files, path);
  else removeAny(files, path);
  if (type === "symlink") {
    files.makeLink(path, target);
    return;
  }
  if (type === "file") files.writeFile(path, contentOf(entry));
  files.setMode(path, Number.parseInt(mode ?? (type === "dir" ? "755" : "644"), 8));
}

function contentOf({ content = "", contentBase64 }: ChangedEntry): Uint8Array {
  return contentBase64 === undefined ? encodeUtf8(content) : decodeBase64(contentBase64);
}

function orMisfit(pointer: string, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new Misfit(pointer, `cannot be done: ${error.message}`);
  }
}
