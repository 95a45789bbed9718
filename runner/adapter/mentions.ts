/** Finds a placeholder in a case. */
import { printCompact } from "../../src/json/print.ts";
import type { PlacedCase } from "../../src/suite/case.ts";

/** Whether what `c` asks or expects speaks of `placeholder`, e.g. `{{tmp}}`. */
export function mentions({ request, options, expect }: PlacedCase, placeholder: string): boolean {
  const parts = [request, options ?? null, expect === "golden" ? expect : { ...expect }];
  return parts.some((part) => printCompact(part).includes(placeholder));
}
