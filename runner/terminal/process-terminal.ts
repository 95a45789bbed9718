/** The terminal of this very process. */
import process from "node:process";
import type { Output, Terminal } from "./terminal.ts";

/** Exit code of a program that lost its reader, as shells count it: 128 and SIGPIPE. */
const brokenPipe = 141;

/** A terminal that ends with its process. */
export interface ProcessTerminal extends Terminal {
  /** Sets the exit code of the process, and lets it end when all output is written. */
  end(exit: number): Promise<void>;
}

/**
 * Standard streams, environment and working directory of the process. When the reader of standard output goes away
 * (`cupel list | head -1`), the process ends without a word.
 */
export function processTerminal(): ProcessTerminal {
  const endQuietly = (error: NodeJS.ErrnoException): void => {
    if (error.code !== "EPIPE") throw error;
    process.exit(brokenPipe);
  };
  process.stdout.on("error", endQuietly);
  process.stderr.on("error", endQuietly);
  let reads = false;
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    stdin: () => {
      reads = true;
      return process.stdin;
    },
    env: process.env,
    cwd: process.cwd(),
    now: () => performance.now(),
    end: async (exit) => {
      process.exitCode = exit;
      if (!reads) return;
      // Deno stays alive for an input that nobody reads any more.
      for (const stream of [process.stdout, process.stderr]) {
        await new Promise<void>((resolve) => {
          stream.write("", () => resolve());
        });
      }
      process.exit();
    },
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    drain: () =>
      stream.writableNeedDrain
        ? new Promise((resolve) => {
            stream.once("drain", resolve);
          })
        : Promise.resolve(),
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 100;
    },
  };
}
