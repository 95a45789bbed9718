/** What a path leads to, links followed; any failure counts as nothing. Fact sheet: section 2, Rust's `exists` and `is_dir`. */
import { type Files, type FileType, HostError } from "../host.ts";

/** Whether something (of type `type`, when given) is at `path`. */
export function leadsTo(files: Files, path: string, type?: FileType): boolean {
  if (path.includes("\0")) return false;
  try {
    const found = files.stat(path).type;
    return type === undefined || found === type;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}
