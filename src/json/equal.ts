/** Equality of JSON values. */
import { isArray, isObject, type Json, type JsonObject } from "./value.ts";

/** Whether two values are the same document: key order does not matter, list order does, 1n equals 1, -0 equals 0. */
export function equalJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a === "bigint" || typeof b === "bigint") return equalIntegers(a, b);
  if (isArray(a)) return isArray(b) && equalArrays(a, b);
  return isObject(a) && isObject(b) && equalObjects(a, b);
}

function equalIntegers(a: Json, b: Json): boolean {
  if (typeof a === "number") return Number.isInteger(a) && BigInt(a) === b;
  if (typeof b === "number") return Number.isInteger(b) && BigInt(b) === a;
  return false;
}

function equalArrays(a: readonly Json[], b: readonly Json[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((item, index) => {
    const other = b[index];
    return other !== undefined && equalJson(item, other);
  });
}

function equalObjects(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => {
    const mine = a[key];
    const other = Object.hasOwn(b, key) ? b[key] : undefined;
    return mine !== undefined && other !== undefined && equalJson(mine, other);
  });
}
