/**
 * Errors that a user can cause. Each has a stable `code`, one clear `message` and, where there is one, a `hint` that
 * says what to do. The command line renders them in one place; anything else that is thrown is a bug of ours.
 */

/** The exit codes an error may lead to (design of the command line): 2 input, 3 harness, 4 nothing to judge. */
export type ErrorExit = 2 | 3 | 4;

/** What a {@link CupelError} may carry beside its message. */
export interface ErrorDetails {
  /** What the user can do about it: one sentence. */
  readonly hint?: string;
  /** The exit code the command ends with; 2 (wrong input) when not given. */
  readonly exit?: ErrorExit;
  /** The error underneath. */
  readonly cause?: unknown;
}

/** An error that a user can cause and mend. Never printed with a stack trace. */
export class CupelError extends Error {
  override readonly name: string = "CupelError";
  /** Stable, machine readable, kebab-case. */
  readonly code: string;
  /** What to do next, if there is something. */
  readonly hint: string | undefined;
  /** The exit code the command ends with. */
  readonly exit: ErrorExit;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.exit = details.exit ?? 2;
  }
}
