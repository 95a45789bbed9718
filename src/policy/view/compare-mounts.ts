/** Which of two mounts isolates less. */
import { equalJson } from "../../json/equal.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { byAmount, holdsItem, together } from "../order.ts";
import type { Comparison } from "../rule.ts";

/**
 * Compares two values of mount-value.ts. Fewer restricting flags, a greater size, more permission bits are weaker; another
 * type, or a mount that comes, goes or is hidden, is different. A policy's limit without a type is one for every type.
 */
export function compareMounts(before: Json, after: Json): Comparison {
  if (equalJson(before, after)) return "same";
  if (!isObject(before) || !isObject(after)) return "different";
  if (isOfAnotherType(before, after)) return "different";
  return together([
    compareFlags(before["flags"] ?? [], after["flags"] ?? []),
    compareSize(before["size"], after["size"]),
    before["mode"] === after["mode"] && before["ptmxmode"] === after["ptmxmode"] ? "same" : compareModes(before, after),
  ]);
}

/** Every mount of a config has a type. */
function isOfAnotherType({ type: before }: JsonObject, { type: after }: JsonObject): boolean {
  return before !== undefined && after !== undefined && before !== after;
}

/** Every flag of these takes something away; `rw` and the policies for access times do not. */
const restrictions: readonly Json[] = ["ro", "nosuid", "nodev", "noexec", "nosymfollow"];

function compareFlags(before: Json, after: Json): Comparison {
  if (!isArray(before) || !isArray(after)) return "different";
  const lost = before.filter((flag) => !holdsItem(after, flag));
  const gained = after.filter((flag) => !holdsItem(before, flag));
  const restrictive = (flag: Json): boolean => restrictions.includes(flag);
  if (lost.some(restrictive)) return gained.some(restrictive) ? "different" : "weaker";
  if (gained.some(restrictive)) return "stronger";
  return lost.length + gained.length === 0 ? "same" : "different";
}

/** No size means the file system's own, half of the memory for a tmpfs. */
function compareSize(before: Json | undefined, after: Json | undefined): Comparison {
  if (before === undefined || after === undefined) {
    return before === after ? "same" : after === undefined ? "weaker" : "stronger";
  }
  return isAmount(before) && isAmount(after) ? byAmount(before, after) : "different";
}

function isAmount(value: Json): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** Permission bits: more of them are weaker, fewer stronger. A mode that is no longer given is the file system's own. */
function compareModes(before: JsonObject, after: JsonObject): Comparison {
  return together(
    ["mode", "ptmxmode"].map((key) => {
      const a = before[key];
      const b = after[key];
      if (a === b) return "same";
      if (typeof a !== "string" || typeof b !== "string") return a === undefined ? "stronger" : "weaker";
      const old = Number.parseInt(a, 8) & 0o777;
      const now = Number.parseInt(b, 8) & 0o777;
      if ((old & now) === old) return old === now ? "different" : "weaker";
      return (old & now) === now ? "stronger" : "different";
    }),
  );
}
