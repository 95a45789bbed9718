/** Catches the error that a user's mistake leads to. */
import { CupelError } from "../../src/errors.ts";

/** The {@link CupelError} that `action` throws. Fails when it throws nothing, or what is a bug. */
export function refused(action: () => unknown): CupelError {
  try {
    action();
  } catch (error) {
    if (error instanceof CupelError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
