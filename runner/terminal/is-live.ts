/** Whether lines may be written over. */
import type { Output, Terminal } from "./terminal.ts";

/** Whether `output` is a terminal that somebody watches: no "dumb" one, and not that of a CI system. */
export function isLive(output: Output, env: Terminal["env"]): boolean {
  return output.isTTY && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "";
}
