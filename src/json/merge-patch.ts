/** JSON merge patch, RFC 7396. */
import { isObject, type Json } from "./value.ts";

/**
 * `target` with `patch` applied: an object merges key by key, a null removes its key, anything else replaces. Neither
 * argument is changed; the result may share parts with both.
 */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: { [key: string]: Json } = Object.create(null);
  if (isObject(target)) {
    for (const key of Object.keys(target)) {
      const value = target[key];
      if (value !== undefined) result[key] = value;
    }
  }
  for (const key of Object.keys(patch)) {
    const change = patch[key];
    if (change === null) delete result[key];
    else if (change !== undefined) result[key] = mergePatch(result[key] ?? null, change);
  }
  return result;
}
