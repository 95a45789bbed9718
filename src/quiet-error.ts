/** An error without a stack. */

/** V8 and JavaScriptCore look at it whenever an error is made; elsewhere it is a property that nobody reads. */
const traces = Error as unknown as { stackTraceLimit: number | undefined };

/**
 * Base of errors that are answers: somebody expects them and reads their words. Nobody reads a stack of theirs, and
 * taking one costs more than most operations do.
 */
export class QuietError extends Error {
  constructor(message: string) {
    const limit = traces.stackTraceLimit;
    traces.stackTraceLimit = 0;
    super(message);
    traces.stackTraceLimit = limit;
  }
}
