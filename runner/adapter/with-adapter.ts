/** The life of an adapter: it is started for some work, and ends with it, whatever ends the work. */
import process from "node:process";
import type { Context } from "../arguments/command.ts";
import type { Flags } from "../arguments/option.ts";
import { positive } from "../arguments/positive.ts";
import { type Adapter, Interrupted, openAdapter } from "./adapter.ts";
import { type CaseDirectories, caseDirectories } from "./case-directories.ts";

/** What asking an adapter takes. */
export interface Asking {
  readonly adapter: Adapter;
  readonly directories: CaseDirectories;
}

const signals: { readonly [name: string]: number } = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/**
 * Starts the adapter of `--adapter`, does `work` with it and gives its exit code; 128 and its number after a signal, and
 * as after SIGINT when `interrupted` is aborted.
 * Neither a process nor a file is left when this returns, nor when the process ends meanwhile.
 */
export async function withAdapter(
  context: Context,
  command: string,
  work: (asking: Asking) => Promise<number>,
  interrupted?: AbortSignal,
): Promise<number> {
  const { cwd, env, flags } = context;
  const timeout = adapterTimeout(flags);
  const directories = caseDirectories();
  const stop = new AbortController();
  let caught: string | undefined;
  const end = (): void => {
    stop.abort();
    directories.removeAll();
  };
  const onSignal = (signal: string): void => {
    caught ??= signal;
    end();
  };
  const onAbort = (): void => onSignal("SIGINT");
  interrupted?.addEventListener("abort", onAbort);
  process.on("exit", end);
  for (const name of Object.keys(signals)) process.on(name, onSignal);
  try {
    const adapter = await openAdapter({ command, cwd, env }, timeout, stop.signal);
    return await work({ adapter, directories });
  } catch (error) {
    if (caught !== undefined && error instanceof Interrupted) return 128 + (signals[caught] ?? 0);
    throw error;
  } finally {
    end();
    interrupted?.removeEventListener("abort", onAbort);
    process.off("exit", end);
    for (const name of Object.keys(signals)) process.off(name, onSignal);
  }
}

/** `--adapter-timeout` in milliseconds. */
export function adapterTimeout(flags: Flags): number {
  const seconds = positive(flags, "adapter-timeout", "seconds, more than 0 and at most 86400", (n) => n <= 86_400);
  return (seconds ?? 10) * 1000;
}
