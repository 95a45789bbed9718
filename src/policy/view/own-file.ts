/** A file of ours on one mount of a cell, by which the mount's options are tried. */
import type { Json } from "../../json/value.ts";
import { isObject } from "../../json/value.ts";
import type { CellFacts } from "../rule.ts";
import type { PlannedMount } from "./mount-table.ts";
import { optionFlags } from "./option-flags.ts";
import { hostPath, inDirectory } from "./path.ts";

/** How a file comes onto the mount: a cell makes it in its own tmpfs; into the source of a bind the runner puts it before. */
export type MountKind =
  | { readonly on: "tmpfs" }
  | { readonly on: "bind"; readonly source: string }
  | { readonly on: "other" };

/** The kind of a mount, as a part of promises. On other file systems than these two nothing can be put. */
export function kindOf({ bind, mount }: PlannedMount): MountKind {
  if (bind) return { on: "bind", source: mount.source ?? "" };
  return { on: mount.type === "tmpfs" ? "tmpfs" : "other" };
}

/** Whether the options of the mount have `flag` in force (`nosuid`, `nodev`, `noexec`). */
export function hasFlag({ mount, bind }: PlannedMount, flag: string): boolean {
  return optionFlags(mount, bind).flags.includes(flag);
}

/** Where the file lies in the cell: a name of ours that says what it is for. */
export function ownPath(destination: string, word: string): string {
  return inDirectory(destination, `.cupel-${word}`);
}

/** Where the runner puts it, for a promise whose value has the members of {@link MountKind}; undefined for a tmpfs. */
export function ownPlace(value: Json, word: string, cell: CellFacts): string | undefined {
  const source = isObject(value) && value["on"] === "bind" ? value["source"] : undefined;
  return typeof source === "string" ? inDirectory(hostPath(cell.bundle, source), `.cupel-${word}`) : undefined;
}
