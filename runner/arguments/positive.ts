/** Reads options whose value is a number above nothing. */
import type { Flags } from "./option.ts";
import { usageError } from "./usage-error.ts";

/**
 * The value of `--name`, or undefined when it was not given. `fits` may set a limit, `what` says it in words.
 * Throws a usage error (exit 2) for anything but a positive number that fits.
 */
export function positive(
  flags: Flags,
  name: string,
  what: string,
  fits: (value: number) => boolean,
): number | undefined {
  const text = flags.value(name);
  if (text === undefined) return undefined;
  const value = /^[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : 0;
  if (value > 0 && fits(value)) return value;
  throw usageError(`--${name} ${text}: expected ${what}`, `for example --${name} 4`);
}
