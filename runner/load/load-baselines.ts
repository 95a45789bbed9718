/** Loads known failures. */
import { resolve } from "node:path";
import { type Baseline, readBaseline } from "../../src/suite/baseline.ts";
import type { Flags } from "../arguments/option.ts";
import { type DataRoot, shippedRoot } from "./data-root.ts";
import { listFiles } from "./list-files.ts";
import { readUserFile } from "./read-file.ts";

/**
 * The shipped baselines, which know what runtimes do whatever the table, and those of `root` when it is a user's, unless
 * `--no-baseline` was given; and every `--baseline FILE`. Throws CupelError for one that cannot be read.
 */
export function loadBaselines(root: DataRoot, flags: Flags, cwd: string): readonly Baseline[] {
  const roots = flags.has("no-baseline") ? [] : root.shipped ? [root] : [shippedRoot, root];
  return [
    ...roots.flatMap((each) =>
      listFiles(each, "baselines").map((file) => ({
        ...readBaseline(file.text(), file.shown),
        foreign: each !== root,
      })),
    ),
    ...flags.list("baseline").map((path) => readBaseline(readUserFile(resolve(cwd, path), path), path)),
  ];
}
