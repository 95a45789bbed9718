/** The capability sets. Spec: config.md, "process" (`capabilities`); capabilities(7). */
import type { JsonObject } from "../../json/value.ts";
import { capabilityNames, capabilitySets } from "../vocabulary.ts";
import type { Place } from "./place.ts";
import { textsOf } from "./reach.ts";
import { eachRepeat } from "./repeats.ts";
import { type Check, list, object, oneOf } from "./shapes.ts";
import { quote } from "./words.ts";

const names = list(oneOf(capabilityNames, "capability", "unknown-capability"), (items, place) => {
  eachRepeat(
    items,
    (item) => (typeof item === "string" ? item : undefined),
    (index, first, name) => {
      place.at(index).report("duplicate-capability", `expected ${quote(name)} once; entry ${first} has it already`);
    },
  );
});

/** What capset(2) and PR_CAP_AMBIENT_RAISE demand: the first set is within the second. */
const WITHIN = [
  ["effective", "permitted"],
  ["ambient", "permitted"],
  ["ambient", "inheritable"],
] as const;

function reportUngrantable(sets: JsonObject, place: Place): void {
  for (const [inner, outer] of WITHIN) {
    const granting = new Set(textsOf(sets, outer));
    const lost = [...new Set(textsOf(sets, inner))].filter((name) => !granting.has(name));
    const [first] = lost;
    if (first === undefined) continue;
    const more = lost.length === 1 ? "" : ` and ${lost.length - 1} more`;
    const message = `expected every ${inner} capability to be ${outer} as well; ${quote(first)}${more} cannot be granted`;
    place.at(inner).report("ungrantable-capability", message);
  }
}

/** `/process/capabilities`. */
export const capabilitiesShape: Check = object(Object.fromEntries(capabilitySets.map((set) => [set, names])), {
  also: reportUngrantable,
});
