/**
 * What each further case costs `cupel check`, apart for operations that touch no files and those that do. bench/check.ts
 * starts it as cupel is started: through bin/load.js.
 */
import { fileURLToPath } from "node:url";
import { dataRoot } from "../runner/load/data-root.ts";
import { loadCases } from "../runner/load/load-cases.ts";
import { loadGoldens } from "../runner/load/load-goldens.ts";
import { loadPolicies } from "../runner/load/load-policies.ts";
import type { PlacedCase } from "../src/suite/case.ts";
import { checkCase } from "../src/suite/check-case.ts";
import { findOperation } from "../src/systems/registry.ts";
import { interleave, say, subject } from "./interleave.ts";
import { median } from "./median.ts";

/** Judges the whole table `judgings` times, after rounds that only warm up, and prints the medians. */
export function compareCases(judgings: number): void {
  const home = fileURLToPath(new URL("..", import.meta.url));
  const root = dataRoot(undefined, home);
  const cases = loadCases(root);
  const goldens = loadGoldens(root, cases, false);
  const policies = loadPolicies(root);
  const kinds = [
    { name: "without files", own: cases.filter((c) => !touchesFiles(c)) },
    { name: "with files", own: cases.filter(touchesFiles) },
  ].map(({ name, own }) => ({
    count: own.length,
    ...subject(`a case ${name} (of ${own.length})`, () => {
      for (const c of own) checkCase(c, c.expect === "golden" ? goldens.of(c.fullId) : undefined, policies);
    }),
  }));
  interleave(kinds, judgings, 30);
  for (const { name, count, times } of kinds) say(name, `${(median(times) / count).toFixed(3)} ms`);
}

function touchesFiles({ system, operation }: PlacedCase): boolean {
  return findOperation(system, operation).effects !== "none";
}
