/** The failures of a run, by case: what was promised, what was seen, why, and how to repeat it. */
import { printCompact } from "../../../src/json/print.ts";
import type { Json } from "../../../src/json/value.ts";
import type { CheckEvent } from "../../../src/suite/event.ts";
import { printable } from "../../../src/suite/printable.ts";
import { groupBy } from "../../group-by.ts";
import { paintFor } from "../../terminal/paint.ts";
import { wrap } from "../../terminal/wrap.ts";
import { checkParts } from "../check-id.ts";
import type { ReportStyle } from "../reporter.ts";
import { reproduce } from "../reproduce.ts";
import { type Told, toldOnce } from "./alike.ts";
import { besideLabel, labelled, labelledText } from "./label.ts";
import { valueLines } from "./value-lines.ts";

/** Of the cases that fail alike, so many are named. */
const mostNamed = 4;
/** Of standard error, so many lines are shown. */
const mostStderr = 12;

/**
 * One paragraph for each case of `checks`, which are all failures or errors. What is true of several cases is told once,
 * with the names of the others, unless the style is verbose.
 */
export function failures(checks: readonly CheckEvent[], style: ReportStyle): readonly string[] {
  const told = style.verbose === true ? checks.map((check) => ({ check, others: [] })) : toldOnce(checks);
  const byCase = groupBy(told, ({ check }) => checkParts(check.id).case);
  return [...byCase].map(([id, ofCase]) => {
    const again = [...new Set(ofCase.map(({ check }) => reproduce(check.id, style.again, style.againRun)))];
    const title = style.titleOf?.(id);
    return [
      paintFor(style.color).bold(printable(id)),
      ...(title === undefined ? [] : [wrap(printable(title), style.columns, "  ", "  ")]),
      ...ofCase.map((each) => failure(each, style)),
      labelled("again", again.map(printable)),
    ].join("\n");
  });
}

function failure({ check, others }: Told, style: ReportStyle): string {
  const paint = paintFor(style.color);
  const word = check.verdict === "error" ? paint.yellow("error") : paint.red("FAIL ");
  const parts = [`  ${word} ${printable(nameOf(check.id))}`];
  if (check.at !== undefined)
    parts.push(labelled("at", [printable(check.at === "" ? "(the whole document)" : check.at)]));
  parts.push(...values(check, style.columns));
  const { lines, isRest } = reasonLines(check);
  if (lines.length === 1 && !isRest) parts.push(labelledText("because", printable(lines.join()), style.columns));
  else if (lines.length > 0) parts.push(labelled(isRest ? "also" : "because", lines.map(printable)));
  if (check.stderr !== undefined) parts.push(labelled("stderr", stderrLines(check.stderr).map(printable)));
  if (check.verdict === "error" && check.code !== undefined) parts.push(labelled("code", [printable(check.code)]));
  if (check.refs !== undefined && check.refs.length > 0) parts.push(labelled("see", check.refs.map(printable)));
  if (others.length > 0) parts.push(labelledText("same in", othersIn(others), style.columns));
  return parts.join("\n");
}

/** The end of what was said there: the last lines tell most. */
function stderrLines(text: string): readonly string[] {
  const lines = text.split("\n");
  const rest = lines.length - mostStderr;
  return rest <= 0 ? lines : [`… ${rest} lines before`, ...lines.slice(rest)];
}

function othersIn(cases: readonly string[]): string {
  const named = cases.slice(0, mostNamed).map(printable);
  const rest = cases.length - named.length;
  const more = rest === 0 ? "" : ` and ${rest} more`;
  return `${cases.length === 1 ? "another case" : `${cases.length} other cases`}: ${named.join(", ")}${more}`;
}

/** What was promised and what was seen; at a place of a document, one of them may be absent. */
function values({ at, promised, seen }: CheckEvent, columns: number): readonly string[] {
  if (promised === undefined && seen === undefined) return [];
  const show = (label: string, value: Json | undefined): readonly string[] => {
    if (typeof value === "string") return [labelledText(label, printable(printCompact(value)), columns)];
    if (value !== undefined) return [labelled(label, valueLines(value, besideLabel(columns)))];
    return at === undefined ? [] : [labelled(label, ["(nothing)"])];
  };
  return [...show("promised", promised), ...show("seen", seen)];
}

/** The reason; `isRest`: without its first line, which would only say again what is promised and seen. */
function reasonLines({ reason, at, promised, seen }: CheckEvent): { lines: readonly string[]; isRest: boolean } {
  const lines = reason === undefined ? [] : reason.split("\n");
  const place = at === "" ? "the whole value" : at;
  const isShown = at !== undefined && (promised !== undefined || seen !== undefined);
  const isRest = isShown && lines[0]?.includes(`${place}: promised `) === true;
  return { lines: isRest ? lines.slice(1) : lines, isRest };
}

/** The check within its case, in words. */
function nameOf(id: string): string {
  const { layer, what, runtime, caller } = checkParts(id);
  const words = what === "" ? layer : `${layer} ${what}`;
  return runtime === undefined ? words : `${words} on ${runtime}, ${caller}`;
}
