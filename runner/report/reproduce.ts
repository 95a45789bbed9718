/** The command line that repeats a check. */
import { checkParts } from "./check-id.ts";
import { shellQuote } from "./shell-quote.ts";

/** `cupel mutate MUTANT`, `cupel check CASE` or `cupel run CASE --runtime RUNTIME`, with `again` (further arguments, with a leading space) behind. */
export function reproduce(checkId: string, again: string): string {
  const parts = checkParts(checkId);
  if (parts.case.startsWith("mutants/")) return `cupel mutate ${shellQuote(parts.case)}${again}`;
  const name = shellQuote(parts.case);
  const line = parts.runtime === undefined ? `cupel check ${name}` : `cupel run ${name} --runtime ${parts.runtime}`;
  return line + again;
}
