/** How many runtimes run at a time. Making and judging cells is done meanwhile, while others wait for their runtime. */

/** A number of slots; who gets none waits in line. */
export interface Slots {
  /** Does `work` in a slot, and gives the slot to the next in line whatever happens. */
  within<T>(work: () => Promise<T>): Promise<T>;
}

/** `count` free slots. */
export function slots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    within: async (work) => {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free++;
        else next();
      }
    },
  };
}
