/** What a user sees when a command cannot go on. The one place where errors become text. */
import { CupelError } from "../../src/errors.ts";
import { printable } from "../../src/suite/printable.ts";
import { paintFor } from "../terminal/paint.ts";

/** Text for standard error, and the exit code. */
export interface RenderedError {
  readonly text: string;
  readonly exit: number;
}

/**
 * A {@link CupelError} becomes its message and hint, without a stack. Anything else is a bug of ours: it keeps its stack
 * and asks for a report; exit 3.
 */
export function renderError(error: unknown, argv: readonly string[], color: boolean): RenderedError {
  const paint = paintFor(color);
  const lead = paint.red(paint.bold("cupel:"));
  if (error instanceof CupelError) {
    const hint = error.hint === undefined ? "" : `${paint.cyan("  hint:")} ${printable(error.hint)}\n`;
    return { text: `${lead} ${printable(error.message)}\n${hint}`, exit: error.exit };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : `not an Error was thrown: ${String(error)}`;
  const lines = [
    `${lead} this is a bug in cupel. Please report it, with these lines:`,
    `  cupel ${printable(argv.join(" "))}`,
    ...stack.split("\n").map((line) => `  ${printable(line)}`),
    "  (the environment variable CUPEL_SOURCE_MAPS=1 makes it name the lines of the source)",
  ];
  return { text: `${lines.join("\n")}\n`, exit: 3 };
}
