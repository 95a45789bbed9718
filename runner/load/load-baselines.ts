/** Loads known failures. */
import { resolve } from "node:path";
import { type Baseline, readBaseline } from "../../src/suite/baseline.ts";
import type { Flags } from "../arguments/option.ts";
import type { DataRoot } from "./data-root.ts";
import { listFiles } from "./list-files.ts";
import { readUserFile } from "./read-file.ts";

/**
 * The baselines below `baselines/` of `root`, unless `--no-baseline` was given, and every `--baseline FILE`.
 * Throws CupelError for one that cannot be read.
 */
export function loadBaselines(root: DataRoot, flags: Flags, cwd: string): readonly Baseline[] {
  const own = flags.has("no-baseline") ? [] : listFiles(root, "baselines");
  return [
    ...own.map((file) => readBaseline(file.text(), file.shown)),
    ...flags.list("baseline").map((path) => readBaseline(readUserFile(resolve(cwd, path), path), path)),
  ];
}
