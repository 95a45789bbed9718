/** Failed file operations in upstream's words: anyhow's chain of context and cause. */
import { HostError } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { displayIoError, nulInPath } from "../rust-io-error.ts";

/**
 * What `step` gives, which works on `path`. Throws {@link Rejection} when the operating system refuses: `context`, then the
 * cause; the cause alone without a context.
 */
export function attempt<Value>(context: string | undefined, path: string, step: () => Value): Value {
  if (path.includes("\0")) throw failed(context, nulInPath);
  try {
    return step();
  } catch (error) {
    if (error instanceof HostError) throw failed(context, displayIoError(error));
    throw error;
  }
}

function failed(context: string | undefined, cause: string): Rejection {
  return new Rejection("file-operation-failed", context === undefined ? cause : `${context}: ${cause}`);
}
