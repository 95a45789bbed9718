/** The places that the table names {{tmp}} and {{pid}}. */
import type { Json } from "../json/value.ts";
import { mapStrings } from "./map-strings.ts";
import { fillTokens } from "./substitute.ts";

/** What stands for the placeholders in one call of an operation. */
export interface Places {
  /** Absolute path of the directory that was made for this call; without a slash at its end. */
  readonly tmp: string;
  /** Id of the process that answers. */
  readonly pid: number;
}

/** `value`, as an operation gets it. */
export function fillPlaceholders(value: Json, { tmp, pid }: Places): Json {
  return fillTokens(value, { tmp, pid });
}

/** `value`, as the table speaks of it. Only strings are changed, wherever the directory or the process id occurs in them. */
export function restorePlaceholders(value: Json, { tmp, pid }: Places): Json {
  const id = String(pid);
  return mapStrings(value, (text) => {
    let restored = text;
    if (restored.includes(tmp)) restored = restored.replaceAll(tmp, "{{tmp}}");
    if (restored.includes(id)) restored = restored.replaceAll(id, "{{pid}}");
    return restored;
  });
}
