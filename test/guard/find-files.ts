/** Finds the test files. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Every test/**\/*.test.ts below `root`, relative to it, in order. */
export function testFiles(root: string): readonly string[] {
  return readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${name}`)
    .sort();
}

/** What a selection by substrings gives: the files, and the substrings that are in none of them. */
export interface Selection {
  readonly files: readonly string[];
  readonly unmatched: readonly string[];
}

/** The files that contain one of `substrings`; all of them when there is none. */
export function selectFiles(files: readonly string[], substrings: readonly string[]): Selection {
  return {
    files: files.filter((file) => substrings.length === 0 || substrings.some((part) => file.includes(part))),
    unmatched: substrings.filter((part) => !files.some((file) => file.includes(part))),
  };
}
