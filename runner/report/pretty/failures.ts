/** The failures of a run, by case: what was promised, what was seen, why, and how to repeat it. */
import type { CheckEvent } from "../../../src/suite/event.ts";
import { printable } from "../../../src/suite/printable.ts";
import { groupBy } from "../../group-by.ts";
import { paintFor } from "../../terminal/paint.ts";
import { checkParts } from "../check-id.ts";
import type { ReportStyle } from "../reporter.ts";
import { reproduce } from "../reproduce.ts";
import { besideLabel, labelled, labelledText } from "./label.ts";
import { valueLines } from "./value-lines.ts";

/** One paragraph for each case of `checks`, which are all failures or errors. */
export function failures(checks: readonly CheckEvent[], style: ReportStyle): readonly string[] {
  const byCase = groupBy(checks, ({ id }) => checkParts(id).case);
  return [...byCase].map(([id, ofCase]) => {
    const again = [...new Set(ofCase.map((check) => reproduce(check.id, style.again)))];
    return [
      paintFor(style.color).bold(printable(id)),
      ...ofCase.map((check) => failure(check, style)),
      labelled("again", again.map(printable)),
    ].join("\n");
  });
}

function failure(check: CheckEvent, style: ReportStyle): string {
  const paint = paintFor(style.color);
  const word = check.verdict === "error" ? paint.yellow("error") : paint.red("FAIL ");
  const room = besideLabel(style.columns);
  const parts = [`  ${word} ${printable(title(check.id))}`];
  if (check.at !== undefined) parts.push(labelled("at", [printable(check.at === "" ? "(the whole document)" : check.at)]));
  if (check.promised !== undefined) parts.push(labelled("promised", valueLines(check.promised, room)));
  if (check.seen !== undefined) parts.push(labelled("seen", valueLines(check.seen, room)));
  const reasons = reasonLines(check);
  if (reasons.length === 1) parts.push(labelledText("because", printable(reasons.join()), style.columns));
  if (reasons.length > 1) parts.push(labelled("because", reasons.map(printable)));
  if (check.code !== undefined) parts.push(labelled("code", [printable(check.code)]));
  if (check.refs !== undefined && check.refs.length > 0) parts.push(labelled("see", check.refs.map(printable)));
  return parts.join("\n");
}

/** The reason, without a first line that says again what is promised and seen. */
function reasonLines({ reason, at, promised, seen }: CheckEvent): readonly string[] {
  const lines = reason === undefined ? [] : reason.split("\n");
  const isShown = at !== undefined && (promised !== undefined || seen !== undefined);
  const place = at === "" ? "the whole value" : at;
  return isShown && lines[0]?.includes(`${place}: promised `) === true ? lines.slice(1) : lines;
}

/** The check within its case, in words. */
function title(id: string): string {
  const { layer, what, runtime, caller } = checkParts(id);
  const words = what === "" ? layer : `${layer} ${what}`;
  return runtime === undefined ? words : `${words} on ${runtime}, ${caller}`;
}
