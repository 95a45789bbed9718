/** How long a test file may take: so long that only one that hangs ever takes it, on the slowest machine. */

const usual = 300;

const longer: readonly { readonly below: string; readonly seconds: number }[] = [
  { below: "test/execute/", seconds: 900 },
  // Every test there starts programs.
  { below: "test/adapters/", seconds: 900 },
];

/** Seconds that `file` (relative to the repository) may take. */
export function deadlineOf(file: string): number {
  return longer.find((entry) => file.startsWith(entry.below))?.seconds ?? usual;
}
