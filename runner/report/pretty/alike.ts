/** Finds failures that say the same of several cases, so that they are told once. */
import { printCompact } from "../../../src/json/print.ts";
import type { CheckEvent } from "../../../src/suite/event.ts";
import { groupBy } from "../../group-by.ts";
import { checkParts } from "../check-id.ts";

/** One failure, and the other cases of which it is true word for word. */
export interface Told {
  readonly check: CheckEvent;
  readonly others: readonly string[];
}

/** `checks` without those that repeat an earlier one for another case. */
export function toldOnce(checks: readonly CheckEvent[]): readonly Told[] {
  const groups = groupBy(checks, whatIsSaid);
  return [...groups.values()].flatMap(([check, ...rest]) => {
    return check === undefined ? [] : [{ check, others: rest.map(({ id }) => checkParts(id).case) }];
  });
}

/** Everything that is shown of a check but its case. */
function whatIsSaid({ id, verdict, promised, seen, at, refs, reason, code, stderr }: CheckEvent): string {
  const { layer, what, runtime, caller } = checkParts(id);
  const texts = [layer, what, runtime, caller, verdict, at, reason, code, stderr, ...(refs ?? [])].map(
    (text) => text ?? null,
  );
  return printCompact([texts, promised === undefined ? [] : [promised], seen === undefined ? [] : [seen]]);
}
