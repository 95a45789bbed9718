/** Measures things beside each other. */

/** One thing to measure, and how long it took in each round, in milliseconds. */
export interface Subject {
  readonly name: string;
  readonly once: () => void;
  readonly times: number[];
}

/** Something to measure. */
export function subject(name: string, once: () => void): Subject {
  return { name, once, times: [] };
}

/** Measures `count` rounds of all. In turn, so that what else the machine does falls on all alike, after rounds that only warm up. */
export function interleave(subjects: readonly Subject[], count: number, warmUps: number): void {
  for (let round = -warmUps; round < count; round++) {
    for (const { once, times } of subjects) {
      const started = performance.now();
      once();
      if (round >= 0) times.push(performance.now() - started);
    }
  }
}

/** One line of the result. */
export function say(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(40)}${figure}\n`);
}
