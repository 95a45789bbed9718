/** What this machine lacks for executing cells, as the reason of a skipped test. */
import { callerKind, canJail } from "../../runner/execute/jail/can-jail.ts";
import { findTool } from "../../runner/execute/jail/tools.ts";

/** Undefined when cells can be executed here, with these tools. */
export function lackingTools(...tools: readonly string[]): string | undefined {
  const root = callerKind() === "privileged" ? undefined : "only root can do all of it";
  return root ?? canJail() ?? tools.map(missing).find((word) => word !== undefined);
}

/** Undefined when cells can be executed here in runc. */
export const lacking: string | undefined = lackingTools("runc", "setpriv", "unshare", "mount", "script");

function missing(tool: string): string | undefined {
  return findTool(tool) === undefined ? `${tool} is not installed` : undefined;
}
