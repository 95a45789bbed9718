/** Counts what stands on a command line beside options. */
import { usageError } from "./usage-error.ts";

/** For a command that takes nothing beside options. Throws a usage error (exit 2). */
export function expectNoOperands(operands: readonly string[], command: string): void {
  const [surplus] = operands;
  if (surplus === undefined) return;
  const called = command === "" ? "cupel" : `cupel ${command}`;
  throw usageError(`${called} does not know what to do with "${surplus}"`, `write: ${called}, with options alone`);
}

/**
 * The operands, when there are `least` to `most` of them. `names` says what they are, e.g. `OLD NEW`.
 * Throws a usage error (exit 2) that shows the right form.
 */
export function expectOperands(
  operands: readonly string[],
  command: string,
  names: string,
  least: number,
  most: number,
): readonly string[] {
  const form = `write: cupel ${command} ${names}`;
  if (operands.length < least) throw usageError(`cupel ${command} needs ${names}`, form);
  const surplus = operands[most];
  if (surplus !== undefined) throw usageError(`cupel ${command} does not know what to do with "${surplus}"`, form);
  return operands;
}
