/** The error for a command that does not exist. */
import type { CupelError } from "../../src/errors.ts";
import { commandNames } from "./command-list.ts";
import { nearest } from "./nearest.ts";
import { usageError } from "./usage-error.ts";

/** A usage error (exit 2) for `name` that says what may have been meant: the nearest command, or a pattern of cases. */
export function unknownCommand(name: string): CupelError {
  const message = `there is no command ${name}`;
  const meant = nearest(name, commandNames);
  if (meant !== undefined) return usageError(message, `did you mean cupel ${meant}?`);
  if (name === "version") return usageError(message, "write: cupel --version");
  if (name.includes("/")) return usageError(message, `to judge cases, write: cupel check ${name}`);
  return usageError(message, "cupel --help lists the commands");
}
