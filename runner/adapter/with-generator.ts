/** An adapter as the generator of a run. */
import type { Implementation } from "../../src/suite/introduction.ts";
import type { Context } from "../arguments/command.ts";
import type { RunRequest } from "../execute/run-request.ts";
import { generateCells } from "./generate-cell.ts";
import { type Asking, withAdapter } from "./with-adapter.ts";

/**
 * Starts the adapter `command` for `work`, which gets what generates configs with it, whose they are, and what tells the
 * adapter that it is no longer needed. Gives the exit code of `work`.
 */
export async function withGenerator(
  context: Context,
  command: string,
  interrupted: AbortSignal,
  work: (
    generate: NonNullable<RunRequest["generate"]>,
    implementation: Implementation | undefined,
    done: () => Promise<void>,
  ) => Promise<number>,
): Promise<number> {
  const ask = async ({ adapter }: Asking): Promise<number> => {
    const { introduced } = adapter;
    const implementation = "kind" in introduced ? undefined : introduced.implementation;
    const done = async (): Promise<void> => {
      await adapter.close();
    };
    return await work(generateCells(adapter), implementation, done);
  };
  return await withAdapter(context, command, ask, interrupted);
}
