/** Changes the strings inside a JSON value. */
import { isArray, isObject, type Json } from "../json/value.ts";

/** `value` with every string (not the keys) replaced by what `change` gives for it. What does not change is shared. */
export function mapStrings(value: Json, change: (text: string) => Json): Json {
  if (typeof value === "string") return change(value);
  if (isArray(value)) {
    let copy: Json[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const item = value[index] ?? null;
      const changed = mapStrings(item, change);
      if (changed === item) continue;
      copy ??= [...value];
      copy[index] = changed;
    }
    return copy ?? value;
  }
  if (!isObject(value)) return value;
  let copy: { [key: string]: Json } | undefined;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    const changed = mapStrings(item, change);
    if (changed === item) continue;
    copy ??= Object.assign(Object.create(null) as { [key: string]: Json }, value);
    copy[key] = changed;
  }
  return copy ?? value;
}
