/** What changed between two configs, for a terminal. */
import { equalJson } from "../../src/json/equal.ts";
import { printCompact } from "../../src/json/print.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../src/json/value.ts";
import type { PromiseChange } from "../../src/policy/diff.ts";
import { printable } from "../../src/suite/printable.ts";
import { valueLines } from "../report/pretty/value-lines.ts";
import { displayWidth, padEnd } from "../terminal/display-width.ts";
import type { Paint, Style } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";

/** Worst first. */
const groups = ["weaker", "different", "stronger"] as const;

/** Changes by what they mean; every group is there, even when it is empty. */
export interface GroupedChanges {
  readonly weaker: readonly PromiseChange[];
  readonly different: readonly PromiseChange[];
  readonly stronger: readonly PromiseChange[];
}

/** `changes` in their groups. */
export function groupChanges(changes: readonly PromiseChange[]): GroupedChanges {
  const of = (group: string): readonly PromiseChange[] => changes.filter(({ comparison }) => comparison === group);
  return { weaker: of("weaker"), different: of("different"), stronger: of("stronger") };
}

/** The groups that are not empty, worst first; one line where there is no change. */
export function changesText(changes: GroupedChanges, paint: Paint, columns: number): string {
  const shown = groups.filter((group) => changes[group].length > 0);
  if (shown.length === 0) return "both promise the same\n";
  return `${shown.map((group) => block(group, changes[group], paint, columns)).join("\n\n")}\n`;
}

/** The groups as JSON. */
export function changesDocument(changes: GroupedChanges): JsonObject {
  return Object.fromEntries(groups.map((group) => [group, changes[group].map(documentOf)]));
}

function block(group: string, found: readonly PromiseChange[], paint: Paint, columns: number): string {
  const style = group === "weaker" ? paint.red : group === "stronger" ? paint.green : paint.yellow;
  return [paint.bold(style(`${group} (${found.length})`)), ...found.map((each) => entry(each, paint, columns))].join(
    "\n",
  );
}

function entry({ rule, subject, before, after }: PromiseChange, paint: Paint, columns: number): string {
  const name = printable(`${rule}[${subject}]`);
  const line = `  ${name}  ${shown(before)} -> ${shown(after)}`;
  if (displayWidth(line) <= columns) return `  ${name}  ${paint.dim(shown(before))} -> ${shown(after)}`;
  const rows = parts(before, after) ?? [
    { label: "old", lines: valueLines(before, columns - 9), style: paint.dim },
    { label: "new", lines: valueLines(after, columns - 9) },
  ];
  const width = Math.max(...rows.map(({ label }) => displayWidth(label)));
  return [`  ${name}`, ...rows.flatMap((row) => rowLines(row, width, columns))].join("\n");
}

/** One labelled row: items that may be broken between any two, or lines that stand as they are. */
interface Row {
  readonly label: string;
  readonly items?: readonly Json[];
  readonly lines?: readonly string[];
  readonly style?: Style;
}

function rowLines({ label, items, lines = [], style }: Row, width: number, columns: number): readonly string[] {
  const first = `    ${padEnd(label, width)}  `;
  const rest = " ".repeat(width + 6);
  if (items !== undefined) return [wrap(items.map(shown).join(" "), columns, first, rest)];
  return lines.map((line, index) => (index === 0 ? first : rest) + (style?.(line) ?? line));
}

/** Of long lists and of objects only what changed; undefined where that would not tell all. */
function parts(before: Json, after: Json): readonly Row[] | undefined {
  if (isArray(before) && isArray(after)) {
    const rows = changedItems("", before, after);
    return rows.length > 0 ? rows : undefined; // else another order
  }
  if (!isObject(before) || !isObject(after)) return undefined;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !equalJson(before[key] ?? null, after[key] ?? null),
  );
  const rows = keys.map((key) => {
    const [old, now] = [before[key], after[key]];
    if (isArray(old) && isArray(now)) return changedItems(`${printable(key)} `, old, now);
    return [{ label: printable(key), lines: [`${shownOr(old)} -> ${shownOr(now)}`] }];
  });
  return rows.length > 0 && rows.every((row) => row.length > 0) ? rows.flat() : undefined;
}

function shownOr(value: Json | undefined): string {
  return value === undefined ? "nothing" : shown(value);
}

function changedItems(name: string, before: readonly Json[], after: readonly Json[]): readonly Row[] {
  const rows = [
    { label: `${name}gone`, items: without(before, after) },
    { label: `${name}added`, items: without(after, before) },
  ];
  return rows.filter(({ items }) => items.length > 0);
}

function without(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  return list.filter((item) => !other.some((each) => equalJson(item, each)));
}

function shown(value: Json): string {
  return printable(printCompact(value));
}

function documentOf({ rule, subject, before, after }: PromiseChange): Json {
  return { rule, subject, before, after };
}
