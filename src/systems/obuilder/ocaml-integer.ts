/** OCaml's `int`: 63 bits, with a sign. */
import * as v from "valibot";

const smallest = -(2n ** 62n);
const largest = 2n ** 62n - 1n;

/** Fits an integer that OCaml's `int` holds: a number, or a bigint beyond 2^53. */
export const ocamlInteger: v.GenericSchema<number | bigint> = v.union(
  [v.pipe(v.number(), v.safeInteger()), v.pipe(v.bigint(), v.minValue(smallest), v.maxValue(largest))],
  `expected an integer from ${smallest} to ${largest}`,
);
