/** How long a test file may take. */

const usual = 120;

const longer: readonly { readonly below: string; readonly seconds: number }[] = [
  { below: "test/execute/", seconds: 300 },
  // Every test there starts programs.
  { below: "test/adapters/", seconds: 300 },
];

/** Seconds that `file` (relative to the repository) may take. */
export function deadlineOf(file: string): number {
  return longer.find((entry) => file.startsWith(entry.below))?.seconds ?? usual;
}
