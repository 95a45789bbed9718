/** Which test files run beside others and which alone, and in what order. */

/** They compare the whole machine before and after: its cgroups, processes and records of runs. Nobody else may make any. */
const lonely: readonly string[] = [
  "test/execute/as-user.test.ts",
  "test/execute/jail.test.ts",
  "test/execute/trial.test.ts",
  "test/execute/whole-run.test.ts",
];

/** The longest come first, so that the others fill what is left at the end. */
const longest: readonly string[] = [
  "test/execute/unshare-run.test.ts",
  "test/execute/run.test.ts",
  "test/execute/",
  "test/adapters/",
  "test/guard/",
  "test/runner/",
];

/** How a selection of test files is run. */
export interface Schedule {
  /** Several at a time. */
  readonly together: readonly string[];
  /** Afterwards, one at a time. */
  readonly alone: readonly string[];
}

/** Orders `files`, which are relative to the repository. */
export function schedule(files: readonly string[]): Schedule {
  const together = files.filter((file) => !lonely.includes(file));
  return {
    together: together.toSorted((a, b) => rank(a) - rank(b)),
    alone: files.filter((file) => lonely.includes(file)),
  };
}

function rank(file: string): number {
  const place = longest.findIndex((start) => file.startsWith(start));
  return place < 0 ? longest.length : place;
}
