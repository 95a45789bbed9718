/** Field types that the schemas of requests share. */
import * as v from "valibot";
import { isObject, type Json } from "../../json/value.ts";

/** Text, as Go has it when it has read JSON: with a UTF-8 form, so without lone surrogates. */
export const text: v.GenericSchema<string> = v.pipe(
  v.string(),
  v.check((value) => !/\p{Surrogate}/u.test(value), "Invalid text: Expected no lone surrogate"),
);

/** A list of texts, empty when it is null or absent. */
export const texts: v.GenericSchema<readonly string[] | null | undefined, readonly string[]> = v.nullish(
  v.array(text),
  [],
);

/** A whole number from 0 to 2^32 - 1. */
export const u32: v.GenericSchema<number> = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4294967295));

/**
 * An object whose keys are any names (`__proto__` and `constructor` too, which valibot's own record leaves out), or names
 * like `pattern`, as a map.
 */
export function byName<Value>(
  value: v.GenericSchema<unknown, Value>,
  pattern: RegExp = /^/,
): v.GenericSchema<unknown, ReadonlyMap<string, Value>> {
  return v.pipe(
    v.custom<Json>((input) => isObject(input as Json), "expected an object"),
    v.rawTransform(({ dataset: { value: input }, addIssue, NEVER }) => {
      const members = new Map<string, Value>();
      if (!isObject(input)) return NEVER;
      for (const [key, member] of Object.entries(input)) {
        const path: [v.ObjectPathItem] = [{ type: "object", origin: "value", input: { ...input }, key, value: member }];
        const result = v.safeParse(value, member, { abortEarly: true });
        if (!pattern.test(key)) addIssue({ message: `there is no such key; keys are like ${pattern.source}`, path });
        else if (result.success) members.set(key, result.output);
        else {
          const [issue] = result.issues;
          addIssue({ message: issue.message, path: [...path, ...(issue.path ?? [])] });
        }
      }
      return members;
    }),
  );
}
