/** The shape of a command: runner/commands/NAME.ts exports one as `command`. */
import type { Terminal } from "../terminal/terminal.ts";
import type { Flags, Options } from "./option.ts";

/** What a command runs with. */
export interface Context extends Terminal {
  readonly flags: Flags;
  /** What stands on the command line beside options. */
  readonly operands: readonly string[];
}

/**
 * One command. Its module is loaded for the help as well, so it imports what it needs for its work only when it runs.
 */
export interface Command {
  readonly name: string;
  /** One line for the overview, without a full stop. */
  readonly summary: string;
  /** Command lines, one form each, without `cupel`. */
  readonly usage: readonly string[];
  /** A few sentences for its own help: what the words mean, which exit code says what. */
  readonly details?: string;
  /** Its own options; the common ones are added. */
  readonly options: Options;
  /** Does the work and gives the exit code. Throws CupelError for what the user can mend. */
  run(context: Context): Promise<number>;
}
