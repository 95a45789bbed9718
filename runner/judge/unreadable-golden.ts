/** The error for a golden that is no JSON. */
import { CupelError } from "../../src/errors.ts";
import type { DataRoot } from "../load/data-root.ts";

/** Wrong input (exit 2): it says nothing about a generator. `reason` names the file. */
export function unreadableGolden(reason: string, root: DataRoot): CupelError {
  return new CupelError("bad-golden", root.prefix + reason, { hint: "bring it back from version control" });
}
