/** Finds the config in what a user names. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { CupelError } from "../../../src/errors.ts";

/**
 * The path of the config that `path` means: of a bundle its config.json, else `path` itself, `-` included. Throws
 * CupelError `no-such-file` for a directory that holds none.
 */
export function configFile(path: string, cwd: string): string {
  if (path === "-" || !isThere(resolve(cwd, path), "dir")) return path;
  const file = join(path, "config.json");
  if (isThere(resolve(cwd, file), "any")) return file;
  throw new CupelError("no-such-file", `the directory ${path} holds no config.json`, {
    hint: "name a config.json, or a bundle: a directory that holds one",
  });
}

function isThere(path: string, what: "dir" | "any"): boolean {
  try {
    const status = statSync(path);
    return what === "any" || status.isDirectory();
  } catch {
    // Whatever keeps it from being looked at is told when it is read.
    return false;
  }
}
