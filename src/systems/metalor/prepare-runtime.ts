/** Makes the directories of a cell below the declared prefix. Fact sheet: upstream src/runtime/linux.rs. */
import { startsWithPath } from "../../rust/path.ts";
import type { Host } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import { checkPath, isSlash } from "./check-path.ts";
import { prepareHostDirectory } from "./prepare-host-directory.ts";
import { writeSentinel } from "./sentinel.ts";

/** Makes `root` and marks it with its prefix. Gives its real path. Throws {@link Rejection}. */
export function prepareRuntimeRoot(host: Host, root: string, canonicalPrefix: string): string {
  const canonical = prepareRuntimeWorkspace(host, root, canonicalPrefix, "container root");
  writeSentinel(host.files, canonical, canonicalPrefix);
  return canonical;
}

/**
 * Makes `root`, which must lie below the prefix both as it is written and in truth. Gives its real path. For `/` the text
 * speaks of a container root, whatever `context` says. Throws {@link Rejection}.
 */
export function prepareRuntimeWorkspace(host: Host, root: string, canonicalPrefix: string, context: string): string {
  if (isSlash(root)) throw new Rejection("path-is-slash", "container root must not be /");
  checkPath(root, context);
  expectBelow(root, canonicalPrefix, context);
  prepareHostDirectory(host, root, context);
  const canonical = attempt(`failed to canonicalize ${context} ${root}`, root, () => host.files.realPath(root));
  expectBelow(canonical, canonicalPrefix, context);
  return canonical;
}

function expectBelow(root: string, canonicalPrefix: string, context: string): void {
  if (startsWithPath(root, canonicalPrefix)) return;
  const text = `${context} ${root} must live under runtime root prefix ${canonicalPrefix}`;
  throw new Rejection("outside-prefix", text);
}
