/** Field types that the schemas of requests and options share. */
import * as v from "valibot";

/** Text, as Go has it: without lone surrogates, so that it has a UTF-8 form. */
export const text: v.GenericSchema<string> = v.pipe(
  v.string(),
  v.check((value) => !/\p{Surrogate}/u.test(value), "Invalid text: Expected no lone surrogate"),
);

/** A list that may also be null, as Go writes an empty one. */
export function list<const Item extends v.GenericSchema>(
  item: Item,
): v.NullableSchema<v.ArraySchema<Item, undefined>, undefined> {
  return v.nullable(v.array(item));
}

/** A list of texts. */
export const texts: v.GenericSchema<readonly string[] | null> = list(text);

/** A whole number of 64 bits with a sign, Go's int; a bigint beyond 2^53. */
export const goInt: v.GenericSchema<number | bigint> = v.pipe(
  v.union([v.number(), v.bigint()]),
  v.check(isGoInt, "Invalid number: Expected a whole number of 64 bits"),
);

/** A whole number from 0 to 2^32 - 1. */
export const u32: v.GenericSchema<number> = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4294967295));

function isGoInt(value: number | bigint): boolean {
  if (typeof value === "number" && !Number.isInteger(value)) return false;
  return BigInt.asIntN(64, BigInt(value)) === BigInt(value);
}
