/** Field types that the schemas of requests and options share. */
import * as v from "valibot";

/** Text, as Rust has it: without lone surrogates, so that it has a UTF-8 form. */
export const text: v.GenericSchema<string> = v.pipe(
  v.string(),
  v.check((value) => !/\p{Surrogate}/u.test(value), "Invalid text: Expected no lone surrogate"),
);

/** A whole number from 0 to 2^64 - 1; above 2^53 as a bigint. */
export const u64: v.GenericSchema<number | bigint> = v.pipe(
  v.union([v.number(), v.bigint()]),
  v.check(isU64, "Invalid number: Expected a whole number from 0 to 18446744073709551615"),
);

function isU64(value: number | bigint): boolean {
  return (typeof value === "bigint" || Number.isInteger(value)) && value >= 0 && BigInt(value) < 1n << 64n;
}
