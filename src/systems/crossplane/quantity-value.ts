/** What a quantity comes to as a whole number. Fact sheet: k8s.io/apimachinery v0.28.0, Value and MilliValue. */
import type { BigQuantity, FastQuantity, Quantity } from "./quantity.ts";

/** The whole number that `Value` gives, for memory: signed, 64 bits, usually rounded up. */
export function wholeValueOf(quantity: Quantity): bigint {
  return quantity.form === "fast" ? scaleFast(quantity, 0) : scaleBig(quantity, 0);
}

/** Thousandths, as `MilliValue` gives them, for CPUs: signed, 64 bits, usually rounded up. */
export function milliValueOf(quantity: Quantity): bigint {
  return quantity.form === "fast" ? scaleFast(quantity, 3) : scaleBig(quantity, 3);
}

/** `places` is the number of decimal places that count as whole. */
function scaleFast({ value, scale }: FastQuantity, places: 0 | 3): bigint {
  if (scale < -places) {
    const divisor = 10n ** BigInt(-places - scale);
    const away = value < 0n ? -1n : 1n;
    return value / divisor + (value % divisor === 0n ? 0n : away);
  }
  const power = (scale + places) | 0; // wraps for exponents near 2^31
  if (power <= 0 || value === 0n) return value;
  const known = power <= 3 || power === 6 || power === 9;
  // A number that is not zero leaves 64 bits before the twentieth multiplication.
  const product = power < 20 ? value * 10n ** BigInt(power) : undefined;
  const wrapped = product === undefined ? undefined : BigInt.asIntN(64, product);
  // Upstream has ready factors for five powers, and with these it does not look for an overflow.
  return wrapped !== undefined && (known || wrapped === product) ? wrapped : 0n;
}

function scaleBig({ negative, digits, shift, decimals }: BigQuantity, places: 0 | 3): bigint {
  const spare = decimals - places;
  if (spare <= 0) {
    const units = lowBits(digits, shift);
    return BigInt.asIntN(64, (negative ? -units : units) * 10n ** BigInt(-spare));
  }
  // Rounding up twice is rounding up once.
  if (!negative) return lowBits(digits, shift - spare);
  // A negative number is divided by its low 64 bits, toward zero, and then goes up by one.
  const low = BigInt.asIntN(64, -lowBits(digits, shift));
  const divisor = 10n ** BigInt(spare);
  return low / divisor + (low % divisor === 0n ? 0n : 1n);
}

/**
 * The low 64 bits, as a signed number, of `digits` times 10 to the power of `shift`, rounded up. 2^64 divides 10^64, so
 * that nothing but the last 64 digits counts.
 */
function lowBits(digits: string, shift: number): bigint {
  if (shift >= 64) return 0n;
  if (shift >= 0) return BigInt.asIntN(64, BigInt(digits.slice(-64)) * 10n ** BigInt(shift));
  const kept = Math.max(0, digits.length + shift);
  const whole = BigInt(digits.slice(Math.max(0, kept - 64), kept) || "0");
  return BigInt.asIntN(64, /[1-9]/.test(digits.slice(kept)) ? whole + 1n : whole);
}
