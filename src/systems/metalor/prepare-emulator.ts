/** Puts the emulator for a foreign architecture into a root. Fact sheet: upstream src/runtime/linux.rs, section 13. */
import { joinPath } from "../../rust/path.ts";
import { type FileStatus, type Files, type Host, HostError } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { normalizeArch, requiredQemuBinary } from "./architectures.ts";
import { attempt } from "./attempt.ts";
import { isSlash } from "./check-path.ts";
import { helperBinaryPath } from "./emulator.ts";
import { prepareHostDirectory } from "./prepare-host-directory.ts";
import { prepareMountTarget } from "./prepare-mount-target.ts";

/** Which root, and which architectures, under any of their names. */
export interface EmulatorRequest {
  readonly runtimeRoot: string;
  readonly hostArch: string;
  readonly guestArch: string;
}

/**
 * The path of the emulator in the root; null when none is needed. It is looked for in the directories of `path`. Throws
 * {@link Rejection}; the root is made before the search.
 */
export function prepareEmulator(host: Host, request: EmulatorRequest, path: string | undefined): string | null {
  const { runtimeRoot } = request;
  const hostArch = normalizeArch(request.hostArch);
  const guestArch = normalizeArch(request.guestArch);
  if (hostArch === guestArch) return null;
  if (isSlash(runtimeRoot)) {
    throw new Rejection("path-is-slash", "runtime root for emulator staging must not be /");
  }
  prepareHostDirectory(host, runtimeRoot, "runtime root");
  const name = requiredQemuBinary(guestArch);
  const found = findInPath(host.files, name, path);
  if (found === undefined) {
    const text = `foreign-architecture execution for guest ${guestArch} on host ${hostArch} requires ${name} in PATH`;
    throw new Rejection("emulator-missing", text);
  }
  const destination = helperBinaryPath(name);
  const context = "runtime helper path";
  const target = prepareMountTarget(host, { root: runtimeRoot, destination, expectDirectory: false, context });
  attempt(`failed to install ${name} into runtime root at ${target}`, target, () => {
    host.files.copyFile(host.files.realPath(found.path), target, found.status.mode);
  });
  return destination;
}

/** The first regular file, links followed; whether it may be executed does not matter. */
function findInPath(
  files: Files,
  name: string,
  path: string | undefined,
): { readonly path: string; readonly status: FileStatus } | undefined {
  for (const directory of path?.split(":") ?? []) {
    const candidate = joinPath(directory, name);
    const status = statusOf(files, candidate);
    if (status?.type === "file") return { path: candidate, status };
  }
  return undefined;
}

function statusOf(files: Files, path: string): FileStatus | undefined {
  if (path.includes("\0")) return undefined;
  try {
    return files.stat(path);
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
