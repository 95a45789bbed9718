/** Kubernetes quantities. Fact sheet: k8s.io/apimachinery v0.28.0, pkg/api/resource, and its gopkg.in/inf.v0. */
import { Rejection } from "../rejection.ts";
import { malformedQuantity, readSuffix, type Suffix } from "./quantity-suffix.ts";

/**
 * A parsed quantity. Upstream has two forms, which round and overflow differently; here both are as small as the text is
 * long, whatever its exponent: what the big one stands for is never computed.
 */
export type Quantity = FastQuantity | BigQuantity;

/** `value` times 10 to the power of `scale`. */
export interface FastQuantity {
  readonly form: "fast";
  /** Of at most 18 digits, or within 64 bits where the suffix is binary. */
  readonly value: bigint;
  /** From -9 to 2^31 - 1. */
  readonly scale: number;
}

/** `digits` times 10 to the power of `shift`, rounded up to a whole number of `10^-decimals`, with its sign. */
export interface BigQuantity {
  readonly form: "big";
  readonly negative: boolean;
  /** Decimal, of any length; never zero. */
  readonly digits: string;
  /** Within 32 bits. */
  readonly shift: number;
  /** 9, or 0 where a value was capped. */
  readonly decimals: 0 | 9;
}

/** The largest signed number of 64 bits. */
const largest = (1n << 63n) - 1n;

/**
 * Digits of a fraction that decide what a binary suffix makes of it: 2^60 times 10^9 divides 10^69, so whatever comes
 * after them cannot carry into the whole number, and only matters by not being zero.
 */
const decisiveDigits = 69;

/**
 * The quantity that `text` is. Throws {@link Rejection} `quantity-format`, `quantity-suffix` or `quantity-numeric` in
 * upstream's words. Linear in the length of `text`.
 */
export function parseQuantity(text: string): Quantity {
  if (text === "") throw malformedQuantity();
  const signed = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
  const start = skip(text, signed, isZero);
  if (start === text.length) return { form: "fast", value: 0n, scale: 0 };
  const point = skip(text, start, isDigit);
  const end = text[point] === "." ? skip(text, point + 1, isDigit) : point;
  const suffix = readSuffix(text.slice(end));
  const whole = text.slice(start, point) || "0";
  const fraction = text.slice(point + 1, end);
  const negative = text.startsWith("-");
  const fast = fastForm(whole, fraction, suffix, negative);
  if (fast !== undefined) return fast;
  const hasDigit = end - signed - (end > point ? 1 : 0) > 0;
  if (!hasDigit) throw new Rejection("quantity-numeric", "unable to parse numeric part of quantity");
  return bigForm(whole, fraction, suffix, negative);
}

function fastForm(
  whole: string,
  fraction: string,
  { base, exponent }: Suffix,
  negative: boolean,
): FastQuantity | undefined {
  const sign = negative ? -1n : 1n;
  if (base === 10) {
    const scale = (exponent - fraction.length) | 0;
    if (whole.length + fraction.length > 18 || scale < -9) return undefined;
    return { form: "fast", value: sign * BigInt(whole + fraction), scale };
  }
  const most = 14 - (exponent * 3) / 10;
  if (fraction !== "" || whole.length > most) return undefined;
  return { form: "fast", value: sign * (BigInt(whole) << BigInt(exponent)), scale: 0 };
}

function bigForm(whole: string, fraction: string, { base, exponent }: Suffix, negative: boolean): Quantity {
  const zero: FastQuantity = { form: "fast", value: 0n, scale: 0 };
  if (base === 10) {
    const digits = whole + fraction;
    if (!/[1-9]/.test(digits)) return zero;
    // Both differences wrap at 32 bits upstream.
    const decimals = (fraction.length - exponent) | 0;
    return { form: "big", negative, digits, shift: (9 - decimals) | 0, decimals: 9 };
  }
  const units = whole.length > 19 ? undefined : nanoUnits(whole, fraction, exponent);
  if (units === 0n) return zero;
  if (units === undefined || units > largest * 1_000_000_000n) {
    return { form: "big", negative, digits: String(largest), shift: 0, decimals: 0 };
  }
  return { form: "big", negative, digits: String(units), shift: 0, decimals: 9 };
}

/** A number with a fraction times 2 to the power of `exponent`, in units of 10^-9, rounded up. */
function nanoUnits(whole: string, fraction: string, exponent: number): bigint {
  const kept = fraction.slice(0, decisiveDigits);
  const scaled = (BigInt(whole + kept) << BigInt(exponent)) * 1_000_000_000n;
  const divisor = 10n ** BigInt(kept.length);
  const exact = scaled % divisor === 0n && !/[1-9]/.test(fraction.slice(decisiveDigits));
  return scaled / divisor + (exact ? 0n : 1n);
}

/** The first place from `at` on where `accepts` does not hold. */
function skip(text: string, at: number, accepts: (code: number) => boolean): number {
  let place = at;
  while (place < text.length && accepts(text.charCodeAt(place))) place += 1;
  return place;
}

function isZero(code: number): boolean {
  return code === 0x30;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
