/** A command line that makes no sense. */
import { CupelError } from "../../src/errors.ts";

/** Exit 2; the hint names the nearest thing that exists, or the help. */
export function usageError(message: string, hint?: string): CupelError {
  return new CupelError("usage", message, hint === undefined ? {} : { hint });
}
