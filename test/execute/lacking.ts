/** What this machine lacks for executing cells, as the reason of a skipped test. */
import { canJail } from "../../runner/execute/jail/can-jail.ts";
import { findTool } from "../../runner/execute/jail/tools.ts";

/** Undefined when cells can be executed here. */
export const lacking: string | undefined =
  canJail() ?? ["runc", "setpriv", "unshare", "mount", "script"].map(missing).find((word) => word !== undefined);

function missing(tool: string): string | undefined {
  return findTool(tool) === undefined ? `${tool} is not installed` : undefined;
}
