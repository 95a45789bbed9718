/** Integers as JSON values have them. */

/** `value` as a number where a number holds it exactly, else as a bigint. */
export function limitedInteger(value: number | bigint): number | bigint {
  const whole = BigInt(value);
  const safe = whole <= BigInt(Number.MAX_SAFE_INTEGER) && whole >= BigInt(Number.MIN_SAFE_INTEGER);
  return safe ? Number(whole) : whole;
}
