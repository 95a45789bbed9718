/** Where paths lead on disk, for hands that must not leave some directories. */
import { realpathSync } from "node:fs";
import { isAbsolute, normalize } from "node:path";
import { HostError, refusedForSafety } from "../../src/systems/host.ts";
import { call } from "./system-call.ts";

/** Finds places below the directories; all but `full` throw CupelError `refused-for-safety` for a path that leads out of it. */
export interface Places {
  /** The path made absolute, wherever it leads. */
  full(path: string): string;
  /** The entry itself: its directory with all links resolved, its own name not. */
  entry(path: string): string;
  /** What the path leads to in the end; it must exist. */
  target(path: string): string;
  /** To be called when a directory has been removed. */
  forget(): void;
}

/** So many directories are remembered; a copy works in two at a time. */
const mostRemembered = 64;

/** Places below `roots`, which are absolute and canonical; relative paths start from the first. */
export function placesBelow(roots: readonly string[]): Places {
  const [start = "/"] = roots;
  /** Directories that are their own real paths; only their removal could change that. */
  const plain = new Set<string>();

  const full = (path: string): string => {
    if (path === "") throw new HostError("ENOENT", path);
    if (path.includes("\0")) throw new HostError("EINVAL", path);
    return isAbsolute(path) ? path : `${start}/${path}`;
  };
  const resolve = (place: string, path: string): string => {
    if (!isBelow(roots, normalize(place))) throw leadsOut(path);
    const resolved = call(path, () => realpathSync.native(place));
    if (!isBelow(roots, resolved)) throw leadsOut(path);
    return resolved;
  };
  const directory = (place: string, path: string): string => {
    if (plain.has(place)) return place;
    const resolved = resolve(place, path);
    if (resolved === place) {
      if (plain.size >= mostRemembered) plain.clear();
      plain.add(place);
    }
    return resolved;
  };
  const target = (path: string): string => resolve(full(path), path);

  return {
    full,
    target: (path) => {
      const place = full(path);
      return plain.has(place) ? place : target(path);
    },
    entry: (path) => {
      const place = full(path);
      const slash = place.lastIndexOf("/");
      const name = place.slice(slash + 1);
      if (name === "" || name === "." || name === "..") return target(path);
      // A path that climbs is told by its words, before anything is looked at.
      if (place.includes("/../") && !isBelow(roots, normalize(place))) throw leadsOut(path);
      return `${directory(place.slice(0, slash), path)}/${name}`;
    },
    forget: () => plain.clear(),
  };
}

function isBelow(roots: readonly string[], path: string): boolean {
  const bare = path.length > 1 && path.endsWith("/") ? path.replace(/\/+$/, "") : path;
  return roots.some((root) => bare === root || bare.startsWith(`${root}/`));
}

function leadsOut(path: string): Error {
  const hint =
    "files are read and changed only below a temporary directory of yours that the request names (mktemp -d)";
  return refusedForSafety(`${path} leads out of the directories of this operation`, hint);
}
