/** JSON pointers, RFC 6901. */
import { isArray, isObject, type Json } from "./value.ts";

/** The pointer that names `parts` (object keys and list positions from 0), `""` for the whole document. */
export function pointerOf(parts: readonly (string | number)[]): string {
  let pointer = "";
  for (const part of parts) pointer += `/${typeof part === "number" ? part : escapePart(part)}`;
  return pointer;
}

/**
 * The value that `pointer` names in `value`. Nothing (undefined) when there is none there, when the pointer is not
 * well formed, and for the list position `-`.
 */
export function atPointer(value: Json, pointer: string): Json | undefined {
  if (pointer === "") return value;
  if (!pointer.startsWith("/")) return undefined;
  let found: Json | undefined = value;
  for (const part of pointer.slice(1).split("/")) {
    if (/~(?![01])/.test(part)) return undefined;
    found = childOf(found, part.replaceAll("~1", "/").replaceAll("~0", "~"));
    if (found === undefined) return undefined;
  }
  return found;
}

function escapePart(part: string): string {
  return part.includes("~") || part.includes("/") ? part.replaceAll("~", "~0").replaceAll("/", "~1") : part;
}

function childOf(value: Json, key: string): Json | undefined {
  if (isArray(value)) return /^(?:0|[1-9][0-9]*)$/.test(key) ? value[Number(key)] : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
