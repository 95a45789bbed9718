/** What the kernel refuses, in the words of a Host. */
import { CupelError } from "../../src/errors.ts";
import { type Errno, HostError } from "../../src/systems/host.ts";

const errnos: ReadonlySet<string> = new Set<Errno>([
  "EACCES",
  "EEXIST",
  "EINVAL",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOENT",
  "ENOSPC",
  "ENOTDIR",
  "ENOTEMPTY",
  "EPERM",
  "EROFS",
]);

/** What `attempt` gives. Throws {@link HostError} for `path` when the kernel refuses; a name that hosts do not have becomes EIO. */
export function call<Result>(path: string, attempt: () => Result): Result {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof HostError || error instanceof CupelError) throw error;
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new HostError(isErrno(error.code) ? error.code : "EIO", path);
  }
}

function isErrno(code: unknown): code is Errno {
  return typeof code === "string" && errnos.has(code);
}
