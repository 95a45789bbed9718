/** A whole run, sorted into what reports tell of it. */
import type { CheckEvent, EndEvent, Event, StaleEvent, StartEvent } from "../../src/suite/event.ts";
import { groupBy } from "../group-by.ts";
import { checkParts } from "./check-id.ts";

/** Where a check is counted. */
export type Column = "pass" | "fail" | "error" | "known" | "deviates" | "skip";

/** All columns, in the order of tables. */
export const columns: readonly Column[] = ["pass", "fail", "error", "known", "deviates", "skip"];

/** One line of the table of counts: a layer, for executed checks one of a runtime. */
export interface Row {
  readonly name: string;
  readonly counts: { readonly [column in Column]: number };
}

/** A run as reports see it. Checks have the order of the schedule, whatever order they ended in. */
export interface Digest {
  readonly start: StartEvent | undefined;
  readonly end: EndEvent | undefined;
  readonly checks: readonly CheckEvent[];
  /** Failures and errors that no baseline knows. */
  readonly red: readonly CheckEvent[];
  readonly known: readonly CheckEvent[];
  /** Where we are not like upstream, on purpose. Events and counts call them skips. */
  readonly deviating: readonly CheckEvent[];
  readonly skipped: readonly CheckEvent[];
  readonly stale: readonly StaleEvent[];
}

/** The digest of `events`, complete or not. */
export function digest(events: readonly Event[]): Digest {
  const checks: CheckEvent[] = [];
  const stale: StaleEvent[] = [];
  let start: StartEvent | undefined;
  let end: EndEvent | undefined;
  const order = new Map<string, number>();
  for (const event of events) {
    if (event.type === "start") start = event;
    else if (event.type === "schedule") for (const id of event.checks) order.set(id, order.size);
    else if (event.type === "check") checks.push(event);
    else if (event.type === "stale") stale.push(event);
    else if (event.type === "end") end = event;
  }
  const rank = ({ id }: CheckEvent): number => order.get(id) ?? order.size;
  checks.sort((a, b) => rank(a) - rank(b));
  return {
    start,
    end,
    checks,
    red: checks.filter((check) => ["fail", "error"].includes(columnOf(check))),
    known: checks.filter((check) => check.known !== undefined),
    deviating: checks.filter((check) => columnOf(check) === "deviates"),
    skipped: checks.filter((check) => columnOf(check) === "skip"),
    stale,
  };
}

/** Where `check` is counted: once, and a known failure as known alone. */
export function columnOf(check: CheckEvent): Column {
  if (check.known !== undefined) return "known";
  return check.verdict === "skip" && check.code === "deviates" ? "deviates" : check.verdict;
}

/** The table of counts. */
export function rowsOf(checks: readonly CheckEvent[]): readonly Row[] {
  return [...groupBy(checks, rowOf)].map(([name, ofRow]) => {
    const counts = { pass: 0, fail: 0, error: 0, known: 0, deviates: 0, skip: 0 };
    for (const check of ofRow) counts[columnOf(check)] += 1;
    return { name, counts };
  });
}

function rowOf({ id }: CheckEvent): string {
  const { layer, runtime } = checkParts(id);
  return runtime === undefined ? layer : `${layer} ${runtime}`;
}

/** How many of `checks` have each reason, the most frequent first. */
export function reasons(
  checks: readonly CheckEvent[],
  reasonOf: (check: CheckEvent) => string,
): readonly (readonly [reason: string, count: number])[] {
  const groups = [...groupBy(checks, reasonOf)].map(([reason, members]) => [reason, members.length] as const);
  return groups.sort((a, b) => b[1] - a[1]);
}

/** What stands behind a known failure, in one line. */
export function knownReason({ known }: CheckEvent): string {
  return known === undefined ? "" : `${known.kind}: ${known.reason}`;
}

/** Why we are not like upstream there. */
export function deviationReason({ reason }: CheckEvent): string {
  return reason?.replace(/^deviates from upstream on purpose: /, "") ?? "without a reason";
}

/** What the last line of a report says of the exit code. */
export function meaning({ exit, counts }: EndEvent): string {
  if (exit === 0) return "clean";
  if (exit === 1) return ofRed(counts);
  if (exit === 3) return "something broke or was refused; that is no verdict";
  if (exit !== 4) return "wrong input";
  return counts.pass + counts.known === 0 ? "nothing was judged" : "something that --require names is missing";
}

function ofRed({ fail, stale }: EndEvent["counts"]): string {
  if (fail === 0) return "a baseline entry is stale";
  return stale === 0 ? "a failure that nobody expected" : "a failure that nobody expected, and a stale baseline entry";
}

/** One part of the line of counts. */
export interface Count {
  readonly kind: Column | "stale";
  readonly text: string;
}

const words: readonly (readonly [kind: Count["kind"], word: string])[] = [
  ["fail", "failed"],
  ["error", "broken"],
  ["stale", "stale"],
  ["known", "known"],
  ["deviates", "deviating"],
  ["skip", "skipped"],
  ["pass", "passed"],
];

/** The counts that are not nothing, in the order in which they matter; of the skips, `deviating` are told apart. */
export function countsIn({ counts }: Pick<EndEvent, "counts">, deviating: number): readonly Count[] {
  const all = { ...counts, deviates: deviating, skip: counts.skip - deviating };
  return words.filter(([kind]) => all[kind] > 0).map(([kind, word]) => ({ kind, text: `${all[kind]} ${word}` }));
}

/** All counts in one line, e.g. `1 failed, 3 passed`. */
export function countLine(end: Pick<EndEvent, "counts">, deviating: number): string {
  const parts = countsIn(end, deviating).map(({ text }) => text);
  return parts.length === 0 ? "nothing was judged" : parts.join(", ");
}
