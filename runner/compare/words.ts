/** The words of a comparison, the same in every format. */
import { printCompact } from "../../src/json/print.ts";
import type { Compared, ComparedGroup, Position, Standing } from "../../src/suite/compare.ts";
import { printable } from "../../src/suite/printable.ts";
import { groupBy } from "../group-by.ts";

/** What a side says, for people. */
export const standingWords: { readonly [standing in Standing]: string } = {
  holds: "holds",
  violated: "violated",
  error: "error",
  unseen: "cannot show it",
  blocked: "did not start",
  skipped: "skipped",
  absent: "not part of it",
};

/** One sentence of numbers: how many statements, and how they fell. */
export function summaryOf({ sides, cases, statements, alike, differ, partly, unseen }: Compared): string {
  const apart = total(differ);
  const parts = [
    `${alike} alike on ${sides.length === 2 ? "both" : `all ${sides.length}`}`,
    `${apart} ${apart === 1 ? "differs" : "differ"}`,
    `${total(partly)} judged by some only`,
    `${unseen} by none`,
  ];
  return `${statements} statements about ${cases} ${cases === 1 ? "case" : "cases"}: ${parts.join(", ")}`;
}

/** How many statements `groups` stand for. */
export function total(groups: readonly ComparedGroup[]): number {
  return groups.reduce((sum, { cases }) => sum + cases.length, 0);
}

/** What a side saw or said, on one line; undefined where its word alone tells all. */
export function detailOf({ standing, seen, reason }: Position): string | undefined {
  if (standing === "holds") return undefined;
  if (seen !== undefined) return printable(typeof seen === "string" ? seen : printCompact(seen));
  return reason === undefined ? undefined : printable(reason);
}

/** The sides that say the same of a group, together. */
export function sidesAlike(
  names: readonly string[],
  positions: readonly Position[],
): readonly { readonly names: readonly string[]; readonly position: Position }[] {
  const pairs = positions.map((position, index) => ({ position, name: names[index] ?? "" }));
  const groups = groupBy(pairs, ({ position }) => printCompact([position.standing, detailOf(position) ?? null]));
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ names: [first, ...rest].map(({ name }) => name), position: first.position }],
  );
}

/** Groups of one rule on which the sides stand in the same way; most cases first. */
export interface Block {
  readonly rule: string;
  readonly groups: readonly ComparedGroup[];
}

/** `groups` by rule and standing: what keeps cells from starting first, then what most statements speak of. */
export function blocksOf(groups: readonly ComparedGroup[]): readonly Block[] {
  const byRule = groupBy(groups, ({ rule, positions }) =>
    printCompact([rule, ...positions.map(({ standing }) => standing)]),
  );
  const blocks = [...byRule.values()].map((own) => ({
    rule: own[0]?.rule ?? "",
    groups: own.toSorted((a, b) => b.cases.length - a.cases.length),
  }));
  const weight = ({ rule, groups: own }: Block): number => (rule === "starts" ? Number.POSITIVE_INFINITY : total(own));
  return blocks.sort((a, b) => (weight(a) === weight(b) ? 0 : weight(b) - weight(a)));
}

/** Where a group was seen: its first case and how many more. */
export function casesOf({ cases }: Pick<ComparedGroup, "cases">): string {
  const [first = "", ...more] = cases;
  return more.length === 0 ? printable(first) : `${printable(first)} and ${more.length} more`;
}

/** What some sides could not say because a cell of theirs never started: the sides, and how many statements and cases. */
export interface NotStarted {
  readonly names: readonly string[];
  readonly statements: number;
  readonly cases: readonly string[];
}

/** `groups` in two: those behind a cell that did not start on some side, by these sides; and the others. */
export function splitPartly(
  names: readonly string[],
  groups: readonly ComparedGroup[],
): { readonly notStarted: readonly NotStarted[]; readonly others: readonly ComparedGroup[] } {
  const isBlocked = ({ standing }: Position): boolean => standing === "blocked";
  const others = groups.filter(({ positions }) => !positions.some(isBlocked));
  const blocked = groupBy(
    groups.filter(({ positions }) => positions.some(isBlocked)),
    ({ positions }) => printCompact(names.filter((_, index) => positions[index]?.standing === "blocked")),
  );
  const notStarted = [...blocked.values()].map((own) => ({
    names: names.filter((_, index) => own[0]?.positions[index]?.standing === "blocked"),
    statements: total(own),
    cases: [...new Set(own.flatMap(({ cases }) => cases))],
  }));
  return { notStarted, others };
}

/** The sentence about one of these. */
export function notStartedText({ names, statements, cases }: NotStarted): string {
  return `${names.join(" and ")} did not start ${casesOf({ cases })}: ${statements} statements`;
}
