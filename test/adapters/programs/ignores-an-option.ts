/** Does not know of the revisions of its system: it always generates as the newest one. */
import { isObject } from "../../../src/json/value.ts";
import { speak } from "../speak.ts";

void speak(({ options, right, rightFor }) => {
  if (!isObject(options) || options["revision"] === undefined) return right;
  const { revision: _, ...others } = options;
  return rightFor(others);
});
