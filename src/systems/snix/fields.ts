/** Field types that the schemas of requests and options share. */
import * as v from "valibot";

/** Text, as Rust has it: without lone surrogates, so that it has a UTF-8 form. */
export const text: v.GenericSchema<string> = v.pipe(
  v.string(),
  v.check((value) => !/\p{Surrogate}/u.test(value), "Invalid text: Expected no lone surrogate"),
);

/** Bytes as padded base64. */
export const base64: v.GenericSchema<string> = v.pipe(v.string(), v.base64());

/** Refuses an object that has both of two keys. */
export function notBoth<Input extends object>(one: string, other: string): v.CheckAction<Input, string> {
  return v.check(
    (value) => !(Object.hasOwn(value, one) && Object.hasOwn(value, other)),
    `Invalid keys: Expected "${one}" or "${other}", not both`,
  );
}

/** A list of texts, empty when absent. */
export const texts: v.GenericSchema<readonly string[] | undefined, readonly string[]> = v.optional(v.array(text), []);

/** A whole number from 0 to 2^32 - 1. */
export const u32: v.GenericSchema<number> = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4294967295));

/** A whole number that is at least 0. */
export const count: v.GenericSchema<number> = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A whole number from 0 to 2^64 - 1; above 2^53 as a bigint or in decimal digits. */
export const u64: v.GenericSchema<U64> = v.pipe(
  v.union([v.number(), v.bigint(), v.string()]),
  v.check(isU64, "Invalid number: Expected a whole number from 0 to 18446744073709551615"),
);

/** What a {@link u64} field holds. */
export type U64 = number | bigint | string;

function isU64(value: U64): boolean {
  const written =
    typeof value === "string" ? /^[0-9]{1,20}$/.test(value) : Number.isInteger(value) || typeof value === "bigint";
  return written && BigInt(value) >= 0n && BigInt(value) < 1n << 64n;
}
