/** The error for a file that cannot be written. */
import { CupelError } from "../../src/errors.ts";
import { systemWords } from "./system-words.ts";

/** The machine is at fault, and not what the user asked for. */
export const ofTheMachine: readonly unknown[] = ["EDQUOT", "EIO", "EMFILE", "ENOSPC"];

/** CupelError `unwritable-file` for `shown`, with what the system said in `error`: exit 3 where the machine is at fault, else 2. */
export function unwritableFile(shown: string, error: Error & { readonly code?: unknown }): CupelError {
  const exit = ofTheMachine.includes(error.code) ? 3 : 2;
  return new CupelError("unwritable-file", `cannot write ${shown}: ${systemWords(String(error.code))}`, {
    exit,
    cause: error,
  });
}
