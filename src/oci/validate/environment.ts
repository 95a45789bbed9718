/** Environment variables of the process and of hooks. Spec: config.md, "process" (`env` is an environ(7)). */
import type { Json } from "../../json/value.ts";
import type { Place } from "./place.ts";
import { eachRepeat } from "./repeats.ts";
import { type Check, list, text } from "./shapes.ts";
import { quote } from "./words.ts";

/** A list of `NAME=value`. */
export const environment: Check = list(text, (variables, place) => {
  for (const [index, variable] of variables.entries()) reportOdd(variable, place.at(index));
  eachRepeat(variables, nameOf, (index, first, name) => {
    place.at(index).report("duplicate-variable", `expected ${quote(name)} once; entry ${first} sets it already`);
  });
});

function reportOdd(variable: Json, place: Place): void {
  if (typeof variable === "string" && nameOf(variable) === undefined) {
    place.report("odd-value", `expected a variable of the form NAME=value, found ${quote(variable)}`);
  }
}

/** The name in front of the first `=`; nothing for entries of another form. */
function nameOf(variable: Json): string | undefined {
  if (typeof variable !== "string") return undefined;
  const end = variable.indexOf("=");
  return end > 0 ? variable.slice(0, end) : undefined;
}
