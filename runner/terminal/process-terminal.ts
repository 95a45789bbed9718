/** The terminal of this very process. */
import process from "node:process";
import { systemWords } from "../host/system-words.ts";
import type { Output, Terminal } from "./terminal.ts";

/** Exit code of a program that lost its reader, as shells count it: 128 and SIGPIPE. */
const brokenPipe = 141;

/** Exit code when standard output could not be written: the machine broke. */
const lostOutput = 3;

/** What is done when a stream cannot be written. */
type Lost = (error: NodeJS.ErrnoException) => void;

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
  const outLost: Lost = (error) => {
    if (error.code === "EPIPE") process.exit(brokenPipe);
    // What was to be said is lost, whatever it was: that is no success.
    const said = error.code === undefined ? error.message : systemWords(error.code);
    process.stderr.write(`cupel: cannot write standard output: ${said}\n`);
    process.exit(lostOutput);
  };
  const errorsLost: Lost = (error) => {
    // Where else could it be said?
    if (error.code === "EPIPE") process.exit(brokenPipe);
  };
  process.stdout.on("error", outLost);
  process.stderr.on("error", errorsLost);
  let reads = false;
  return {
    stdout: outputOf(process.stdout, outLost),
    stderr: outputOf(process.stderr, errorsLost),
    stdin: () => {
      reads = true;
      return process.stdin;
    },
    env: process.env,
    cwd: process.cwd(),
    now: () => performance.now(),
    end: async (exit) => {
      process.exitCode = exit;
      // Deno stays alive for an input that nobody reads any more, whoever opened it.
      if (!reads && process.versions["deno"] === undefined) return;
      for (const stream of [process.stdout, process.stderr]) {
        await new Promise<void>((resolve) => {
          stream.write("", () => resolve());
        });
      }
      process.exit();
    },
  };
}

function outputOf(stream: NodeJS.WriteStream, lost: Lost): Output {
  return {
    write: (text) => {
      try {
        stream.write(text);
      } catch (error) {
        // Deno throws what Node emits.
        if (error instanceof Error) lost(error);
      }
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
