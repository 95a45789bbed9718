/** Whether text for a stream is coloured. */
import type { Output, Terminal } from "./terminal.ts";

/**
 * The answer of the first that has one: the option (`--color` true, `--no-color` false), NO_COLOR (no-color.org: set
 * and not empty), FORCE_COLOR (set and not 0), and last whether the stream is a terminal that is not "dumb".
 */
export function wantsColor(output: Output, env: Terminal["env"], option: boolean | undefined): boolean {
  if (option !== undefined) return option;
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return output.isTTY && env["TERM"] !== "dumb";
}
