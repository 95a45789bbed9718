/** Changes one place of every config, and leaves all other answers alone. */
import { isObject, type Json } from "../../src/json/value.ts";
import { type Asked, type Said, speak } from "./speak.ts";

/** Answers `config` with what `change` makes of the right one, and everything else rightly. */
export async function changeConfig(change: (config: { [key: string]: Json }, asked: Asked) => Json): Promise<void> {
  await speak((asked): Said => {
    if (asked.operation !== "config" || !isObject(asked.result)) return asked.right;
    return asked.answer(change({ ...asked.result }, asked));
  });
}

/** `value` with the member at `path` changed by `change`; what has no such member stays. */
export function changeAt(value: Json, path: readonly string[], change: (member: Json) => Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (!isObject(value)) return value;
  const member = value[first];
  return member === undefined ? value : { ...value, [first]: changeAt(member, rest, change) };
}
