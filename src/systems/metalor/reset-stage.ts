/** Empties the stage. Fact sheet: upstream src/runtime/linux.rs. */
import type { Host } from "../host.ts";
import { attempt } from "./attempt.ts";
import { leadsTo } from "./leads-to.ts";
import { makeDirectories } from "./make-directories.ts";
import { removeTree } from "./remove-tree.ts";

/** Makes `scratch` an empty directory, with its parents. Throws {@link ../rejection.ts | Rejection}. */
export function resetStage({ files }: Host, scratch: string): void {
  if (leadsTo(files, scratch)) {
    attempt(`failed to reset build scratch ${scratch}`, scratch, () => removeTree(files, scratch));
  }
  attempt(`failed to create build scratch ${scratch}`, scratch, () => makeDirectories(files, scratch));
}
