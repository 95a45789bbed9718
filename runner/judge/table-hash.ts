/** One word for a table, so that reports of different tables are not merged. */
import { createHash } from "node:crypto";
import { printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";

/** SHA-256 (hex) over the canonical texts of `cases`, sorted by id: their order does not matter. */
export function tableHash(cases: readonly PlacedCase[]): string {
  const hash = createHash("sha256");
  const sorted = [...cases].sort((a, b) => (a.fullId < b.fullId ? -1 : 1));
  // A case holds nothing but JSON, and a canonical text ends in the only newline that stands at the start of a line's end.
  for (const each of sorted) hash.update(printJson(each as unknown as Json));
  return hash.digest("hex");
}
