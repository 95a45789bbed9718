/** Reaches for members of values whose types are not known to be right. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** The member `key`, if `value` is an object that has it. */
export function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The member `key` if it is a string. */
export function textMember(value: Json | undefined, key: string): string | undefined {
  const found = member(value, key);
  return typeof found === "string" ? found : undefined;
}

/** The member `key` if it is an integer. */
export function integerMember(value: Json | undefined, key: string): number | bigint | undefined {
  const found = member(value, key);
  return typeof found === "bigint" || (typeof found === "number" && Number.isInteger(found)) ? found : undefined;
}

/** The entries of the member `key` that are objects, with their positions. */
export function objectsOf(value: Json | undefined, key: string): readonly (readonly [number, JsonObject])[] {
  const found = member(value, key);
  if (!isArray(found)) return [];
  return found.flatMap((entry, index) => (isObject(entry) ? [[index, entry] as const] : []));
}

/** The entries of the member `key` that are strings, in order. */
export function textsOf(value: Json | undefined, key: string): readonly string[] {
  const found = member(value, key);
  return isArray(found) ? found.filter((entry) => typeof entry === "string") : [];
}
