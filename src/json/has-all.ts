/** Part of a JSON value. */
import { equalJson } from "./equal.ts";
import { isObject, type Json } from "./value.ts";

/** Whether `value` is `wanted`, or an object that has all of its members with these values (and maybe more). */
export function hasAll(value: Json, wanted: Json): boolean {
  if (!isObject(wanted) || !isObject(value)) return equalJson(value, wanted);
  return Object.entries(wanted).every(([key, member]) => {
    const own = Object.hasOwn(value, key) ? value[key] : undefined;
    return own !== undefined && equalJson(own, member);
  });
}
