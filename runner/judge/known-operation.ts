/** Holds a table to operations that exist. */
import { CupelError } from "../../src/errors.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { findOperation } from "../../src/systems/registry.ts";

/** Throws CupelError for a case of an unknown system or operation; here the case can be named. */
export function refuseUnknownOperation({ fullId, system, operation }: PlacedCase): void {
  try {
    findOperation(system, operation);
  } catch (error) {
    if (!(error instanceof CupelError)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    throw new CupelError(error.code, `${fullId}: ${error.message}`, hint);
  }
}
