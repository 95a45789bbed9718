/** The command line that repeats a check. */
import { checkParts } from "./check-id.ts";
import type { AgainRun } from "./reporter.ts";
import { shellQuote } from "./shell-quote.ts";

/**
 * `cupel check CASE`, or `cupel run CASE --runtime RUNTIME` for what was executed; with `again` (further arguments, with a
 * leading space) behind, and with `run` where something is executed.
 */
export function reproduce(checkId: string, again: string, run?: AgainRun): string {
  const { case: id, runtime } = checkParts(checkId);
  const name = shellQuote(id);
  if (runtime === undefined) return `cupel check ${name}${again}`;
  const path = run?.paths.get(runtime);
  const program = path === undefined ? runtime : shellQuote(`${runtime}=${path}`);
  return `cupel run ${name} --runtime ${program}${run?.options ?? ""}${again}`;
}
