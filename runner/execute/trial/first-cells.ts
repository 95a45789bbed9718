/**
 * Whether the runtimes of a run start anything here. The first cell of each is executed while the others are still planned;
 * one that starts is proof enough, so that a run pays for the smallest cell only where a real one has not started.
 */
import type { ExecutedCell } from "../cell/execute-cell.ts";
import type { PreparedCell } from "../cell/prepare-cell.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Trial } from "./trial-cell.ts";
import { startsNothing, type UnusableRuntime } from "./unusable.ts";

/** The first cells of a run. */
export interface FirstCells {
  /** Takes note of a planned cell; the first of each runtime that can be executed is begun. */
  planned(cell: PreparedCell): void;
  /** What became of those that were begun, for whoever executes the rest. */
  readonly begun: ReadonlyMap<PreparedCell, Promise<ExecutedCell>>;
  /** The runtimes that start nothing; `named` says which ones the user asked for. Waits for the first cells. */
  unusable(named: (runtime: Runtime) => boolean): Promise<readonly UnusableRuntime[]>;
}

/** `execute` begins a cell, `trial` executes the smallest one. */
export function firstCells(
  execute: (cell: PreparedCell) => Promise<ExecutedCell>,
  trial: (runtime: Runtime) => Promise<Trial>,
): FirstCells {
  const begun = new Map<PreparedCell, Promise<ExecutedCell>>();
  const runtimes = new Set<Runtime>();
  return {
    begun,
    planned: (cell) => {
      const { plan, unsuited, hang, runtime } = cell;
      if (runtimes.has(runtime) || "code" in plan || unsuited !== undefined || hang !== undefined) return;
      runtimes.add(runtime);
      const executed = execute(cell);
      executed.catch(() => {}); // whoever looks at it is told
      begun.set(cell, executed);
    },
    unusable: async (named) => {
      const found = await Promise.all(
        [...begun].map(async ([{ runtime }, executed]): Promise<readonly UnusableRuntime[]> => {
          if ((await executed).checks[0]?.verdict === "pass") return [];
          const tried = await trial(runtime);
          if (tried.is !== "failed") return [];
          return [{ runtime, reason: startsNothing(runtime, tried.words), named: named(runtime) }];
        }),
      );
      return found.flat();
    },
  };
}
