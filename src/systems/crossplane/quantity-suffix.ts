/** The part of a quantity behind its digits. Fact sheet: k8s.io/apimachinery v0.28.0, pkg/api/resource/suffix.go. */
import { Rejection } from "../rejection.ts";

/** What the number before is multiplied with: `base` to the power of `exponent`, which is within 32 bits. */
export interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
}

const suffixes: ReadonlyMap<string, Suffix> = new Map([
  ["", { base: 10, exponent: 0 }],
  ["n", { base: 10, exponent: -9 }],
  ["u", { base: 10, exponent: -6 }],
  ["m", { base: 10, exponent: -3 }],
  ["k", { base: 10, exponent: 3 }],
  ["M", { base: 10, exponent: 6 }],
  ["G", { base: 10, exponent: 9 }],
  ["T", { base: 10, exponent: 12 }],
  ["P", { base: 10, exponent: 15 }],
  ["E", { base: 10, exponent: 18 }],
  ["Ki", { base: 2, exponent: 10 }],
  ["Mi", { base: 2, exponent: 20 }],
  ["Gi", { base: 2, exponent: 30 }],
  ["Ti", { base: 2, exponent: 40 }],
  ["Pi", { base: 2, exponent: 50 }],
  ["Ei", { base: 2, exponent: 60 }],
]);

/**
 * The suffix that `text` is. Throws {@link Rejection} `quantity-format` for what looks like none, `quantity-suffix` for one
 * that means nothing.
 */
export function readSuffix(text: string): Suffix {
  const known = suffixes.get(text);
  if (known !== undefined) return known;
  // The letters, the sign and the digits exclude each other, so this is linear.
  if (!/^[eEinumkKMGTP]*[-+]?[0-9]*$/.test(text)) throw malformedQuantity();
  const exponent = /^[eE][-+]?[0-9]+$/.test(text) ? readExponent(text.slice(1)) : undefined;
  if (exponent === undefined) throw new Rejection("quantity-suffix", "unable to parse quantity's suffix");
  return { base: 10, exponent };
}

/** What upstream says of a text that is no quantity. The expression is only a text: it is not what is checked. */
export function malformedQuantity(): Rejection {
  const expression = "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  return new Rejection("quantity-format", `quantities must match the regular expression ${expression}`);
}

/** A number within 64 bits, narrowed to 32 with wrap-around, as upstream does; undefined when it is beyond 64. */
function readExponent(text: string): number | undefined {
  const digits = text.replace(/^[-+]?0*/, "");
  if (digits.length > 19) return undefined;
  const value = BigInt(digits || "0") * (text.startsWith("-") ? -1n : 1n);
  return BigInt.asIntN(64, value) === value ? Number(BigInt.asIntN(32, value)) : undefined;
}
