/** The terminal of this very process. */
import process from "node:process";
import type { Output, Terminal } from "./terminal.ts";

/** Exit code of a program that lost its reader, as shells count it: 128 and SIGPIPE. */
const brokenPipe = 141;

/**
 * Standard streams, environment and working directory of the process. When the reader of standard output goes away
 * (`cupel list | head -1`), the process ends without a word.
 */
export function processTerminal(): Terminal {
  const endQuietly = (error: NodeJS.ErrnoException): void => {
    if (error.code !== "EPIPE") throw error;
    process.exit(brokenPipe);
  };
  process.stdout.on("error", endQuietly);
  process.stderr.on("error", endQuietly);
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    stdin: () => process.stdin,
    env: process.env,
    cwd: process.cwd(),
    now: () => performance.now(),
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
