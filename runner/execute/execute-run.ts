/** Executes the cells of a run side by side. */
import type { Event } from "../../src/suite/event.ts";
import { executeCell } from "./cell/execute-cell.ts";
import type { PreparedRun } from "./prepare-run.ts";
import { slots } from "./slots.ts";

/** Every check id of `run`, in the order of its cells. */
export function scheduleOf(run: PreparedRun): readonly string[] {
  return [
    ...run.skipped.map(({ id }) => id),
    ...run.cells.flatMap((cell) => [cell.starts, ...cell.asked.map(({ check }) => check)]),
  ];
}

/**
 * Executes the cells of `run`, `jobs` runtimes at a time, and hands over their events as they come. One more cell than that
 * is on its way, so that the next one is made and the last one judged while a runtime works. When `enough` says so, no
 * further one is begun.
 */
export async function executeRun(
  run: PreparedRun,
  jobs: number,
  emit: (event: Event) => void,
  enough: () => boolean = () => false,
): Promise<void> {
  for (const check of run.skipped) emit(check);
  const world = { ...run.world, slots: slots(Math.max(1, jobs)) };
  const waiting = run.cells.values();
  const work = async (): Promise<void> => {
    for (const cell of waiting) {
      if (enough()) return;
      const { cell: event, checks } = await (run.first.get(cell) ?? executeCell(cell, world));
      emit(event);
      for (const check of checks) emit(check);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) + 1 }, work));
}
