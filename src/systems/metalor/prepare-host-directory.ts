/** Makes a directory of the host without going through a link. Fact sheet: upstream src/runtime/linux.rs. */
import { pathComponents } from "../../rust/path.ts";
import type { Host } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import { checkPath } from "./check-path.ts";

/**
 * Makes the missing parts of `path`, from `/` down, and gives it as it was written. `context` opens the texts. Throws
 * {@link Rejection}; parts made by then stay.
 */
export function prepareHostDirectory({ files }: Host, path: string, context: string): string {
  checkPath(path, context);
  let current = "";
  for (const part of pathComponents(path).slice(1)) {
    current = `${current}/${part}`;
    const here = current;
    const status = attempt(`failed to inspect ${context} ${here}`, here, () => files.find(here));
    if (status === undefined) {
      attempt(`failed to create ${context} ${here}`, here, () => files.makeDirectory(here));
    } else if (status.type === "symlink") {
      throw new Rejection("symlink-on-the-way", `${context} ${here} traverses a symlink`);
    } else if (status.type !== "dir") {
      const text = `${context} ${path} traverses a non-directory path component at ${here}`;
      throw new Rejection("not-a-directory", text);
    }
  }
  return path;
}
