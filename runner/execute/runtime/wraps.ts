/** What has to stand around a runtime on some machines, by the words of its profile. */
import { readFileSync } from "node:fs";
import type { Wrap } from "../../../src/suite/profile.ts";
import { needTool } from "../jail/tools.ts";

/** Where a hybrid machine lists the controllers of its version 2 hierarchy. */
const hybridControllers = "/sys/fs/cgroup/unified/cgroup.controllers";

/**
 * `command` inside what `wraps` asks for, and a sentence for each that was needed here. `empty` is a file without content.
 * Throws CupelError `missing-tool`.
 */
export function wrapCommand(
  wraps: readonly Wrap[],
  command: readonly string[],
  empty: string,
): { readonly command: readonly string[]; readonly adaptations: readonly string[] } {
  if (!wraps.includes("hybrid-cgroup-shim") || !isHybrid()) return { command, adaptations: [] };
  const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
  const shim = [needTool("unshare"), "--mount", "--propagation", "private", needTool("sh"), "-c", script, "sh"];
  return {
    command: [...shim, empty, hybridControllers, ...command],
    adaptations: ["the list of cgroup v2 controllers hidden, since the runtime refuses hybrid machines that have any"],
  };
}

/** Whether version 1 and a version 2 hierarchy with controllers of its own are mounted side by side. */
function isHybrid(): boolean {
  try {
    return readFileSync(hybridControllers, "utf8").trim() !== "";
  } catch {
    return false;
  }
}
