/** Notices where an archive would write through a link of its own out of the workspace. */
import { parentPath, startsWithPath } from "../../rust/path.ts";
import { type Files, type Host, HostError } from "../host.ts";

/** What is asked around each entry. */
export interface LinkWatch {
  /** Before anything is made for the entry of type `type` at `target`. Tells the host what would do harm. */
  before(target: string, type: string): void;
  /** When that entry has been made. */
  after(type: string): void;
}

/** Watches entries that are unpacked into `workspace`. */
export function watchLinks({ files, refuse }: Host, workspace: string): LinkWatch {
  const base = realPath(files, workspace) ?? workspace;
  /** Directories that are known to lie in the workspace; a new link could change that. */
  const inside = new Set<string>();
  const expectInside = (path: string, what: string): void => {
    const real = realPath(files, path);
    if (real === undefined || startsWithPath(real, base)) return;
    refuse(`the archive ${what} ${path}, which leads through its own link to ${real}, out of the workspace`);
  };
  return {
    before: (target, type) => {
      const parent = parentPath(target);
      if (parent !== undefined && !inside.has(parent) && startsWithPath(parent, workspace)) {
        expectInside(nearest(files, parent), "writes below");
        inside.add(parent);
      }
      // The mode of a directory is set through a link.
      if (type === "5" || target.endsWith("/")) expectInside(target, "changes the mode of");
    },
    after: (type) => {
      if (type === "2" || type === "1") inside.clear();
    },
  };
}

/** The nearest directory above `path`, or `path` itself, that can be reached. */
function nearest(files: Files, path: string): string {
  for (let at: string | undefined = path; at !== undefined; at = parentPath(at)) {
    if (realPath(files, at) !== undefined) return at;
  }
  return path;
}

function realPath(files: Files, path: string): string | undefined {
  if (path.includes("\0")) return undefined;
  try {
    return files.realPath(path);
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
