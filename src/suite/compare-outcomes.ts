/** Compares what several implementations make of the same cases, place by place. Pure: outcomes in, differences out. */
import { equalJson } from "../json/equal.ts";
import { parseJson } from "../json/parse.ts";
import { printCompact } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import type { PlacedCase } from "./case.ts";
import type { Compared, ComparedGroup, Position } from "./compare.ts";
import { type Difference, differences } from "./differences.ts";
import type { CheckEvent } from "./event.ts";
import { judgeGolden } from "./golden.ts";
import { normalise } from "./normalise.ts";
import type { Outcome } from "./perform.ts";
import { canonicalTree, treeJson } from "./tree-json.ts";

/** What an implementation made of a case, or why there is nothing of it. */
export type Made =
  | { readonly outcome: Outcome }
  | { readonly skip: { readonly reason: string } }
  | { readonly error: { readonly reason: string } };

/** One implementation. */
export interface OutcomeSide {
  readonly name: string;
  /** By the full id of the case. */
  readonly made: ReadonlyMap<string, Made>;
}

/** Places of one case that are told; the first ones tell most. */
const mostPlaces = 10;

/** What stands in a row where one side has nothing at a place. */
const nothing = "nothing there";

/**
 * Compares `sides`, of which there are at least two, on `cases`: a row for each place at which answers differ, with the
 * recorded value as what was promised. Rows that are the same in several cases are one group. What all sides get wrong in
 * the same way is no difference. `goldenOf` gives the text of a case's golden.
 */
export function compareOutcomes(
  sides: readonly OutcomeSide[],
  cases: readonly PlacedCase[],
  goldenOf: (c: PlacedCase) => string | undefined,
): Compared {
  const differ = new Map<string, ComparedGroup & { readonly cases: string[] }>();
  const partly = new Map<string, ComparedGroup & { readonly cases: string[] }>();
  const counts = new Map<string, { violated: number; judged: number }[]>();
  let alike = 0;
  let unseen = 0;
  for (const c of cases) {
    const golden = c.expect === "golden" ? goldenOf(c) : undefined;
    const answers = sides.map(({ made }) => answerOf(c, golden, made.get(c.fullId)));
    const judged = answers.filter(({ position }) => isJudged(position));
    const rule = `${c.system}/${c.operation}`;
    count(counts, rule, answers);
    // Where all that was tried broke there is no verdict that could be alike.
    if (judged.every(({ position }) => position.standing === "error")) unseen += 1;
    else if (new Set(judged.map(({ key }) => key)).size > 1) {
      for (const row of rowsOf(c, golden, answers)) add(differ, rule, c, row);
    } else if (judged.length < answers.length) {
      add(partly, rule, c, { subject: "", positions: answers.map(({ position }) => position) });
    } else alike += 1;
  }
  const groups = [...differ.values()];
  const size = (all: Iterable<ComparedGroup>): number => [...all].reduce((sum, { cases: own }) => sum + own.length, 0);
  return {
    sides: sides.map(({ name }) => name),
    cases: cases.length,
    statements: alike + unseen + size(groups) + size(partly.values()),
    alike,
    differ: groups,
    partly: [...partly.values()],
    unseen,
    rules: [...new Set(groups.map(({ rule }) => rule))].map((rule) => ({ rule, counts: counts.get(rule) ?? [] })),
  };
}

/** What a side says of a case as a whole. */
interface Answer {
  readonly position: Position;
  /** The same for answers that are the same. */
  readonly key: string;
  readonly outcome?: Outcome;
}

/** One place of one case. */
interface Row {
  readonly subject: string;
  readonly promised?: Json;
  readonly positions: readonly Position[];
}

function answerOf(c: PlacedCase, golden: string | undefined, made: Made | undefined): Answer {
  if (made === undefined) return { position: { standing: "absent", known: false }, key: "absent" };
  if ("skip" in made) return { position: standing("skipped", made.skip.reason), key: "skipped" };
  if ("error" in made) return { position: standing("error", made.error.reason), key: "error" };
  const { outcome } = made;
  const check = judgeGolden(c, golden, outcome);
  const position = positionOf(check);
  const key = check.verdict === "fail" ? printCompact(wholeOf(c, outcome)) : check.verdict;
  return { position, key, outcome };
}

function positionOf({ verdict, reason, seen }: CheckEvent): Position {
  if (verdict === "pass") return { standing: "holds", known: false };
  if (verdict === "skip") return standing("skipped", reason);
  if (verdict === "error") return standing("error", reason);
  return { standing: "violated", ...(seen === undefined ? {} : { seen }), known: false };
}

function standing(word: "skipped" | "error", reason = ""): Position {
  return { standing: word, reason, known: false };
}

function isJudged({ standing: word }: Position): boolean {
  return word === "holds" || word === "violated" || word === "error";
}

function count(
  counts: Map<string, { violated: number; judged: number }[]>,
  rule: string,
  answers: readonly Answer[],
): void {
  const own = counts.get(rule) ?? answers.map(() => ({ violated: 0, judged: 0 }));
  counts.set(rule, own);
  for (const [index, { position }] of answers.entries()) {
    const at = own[index];
    if (at === undefined || !isJudged(position)) continue;
    at.judged += 1;
    if (position.standing !== "holds") at.violated += 1;
  }
}

/** The rows of a case on which the sides differ: one for each place, where all that answered gave a value; else one for the whole. */
function rowsOf(c: PlacedCase, golden: string | undefined, answers: readonly Answer[]): readonly Row[] {
  const { expect } = c;
  const wanted = expect === "golden" ? parseJson(golden ?? "null") : "value" in expect ? expect.value : undefined;
  const failing = answers.filter(({ position }) => position.standing === "violated");
  const values = failing.every(({ outcome }) => outcome !== undefined && "value" in outcome);
  // Only an error stands against what was recorded: it is the same in every case.
  if (failing.length === 0) return [{ subject: "the answer", positions: answers.map(({ position }) => position) }];
  if (wanted === undefined || !values) return [wholeRow(c, expect, answers)];
  const pointers = c.normalised ?? [];
  const found = new Map(
    failing.map((answer) => [answer, placesOf(normalise(wanted, pointers), answer, pointers, c)] as const),
  );
  const places = new Map([...found.values()].flat().map((each) => [placeKey(each), each]));
  const rows = [...places.values()].map(({ pointer, promised }) => ({
    subject: pointer === "" ? "the whole value" : pointer,
    ...(promised === undefined ? {} : { promised }),
    positions: answers.map((answer): Position => {
      const own = found.get(answer);
      if (own === undefined) return answer.position;
      const here = own.find((each) => each.pointer === pointer && equalJson(each.promised ?? null, promised ?? null));
      if (here === undefined) return { standing: "holds", known: false };
      return { standing: "violated", seen: here.seen ?? nothing, known: false };
    }),
  }));
  const telling = rows.filter(({ positions }) => new Set(positions.map(positionKey)).size > 1);
  return telling.length === 0 ? [wholeRow(c, expect, answers)] : telling.slice(0, mostPlaces);
}

/** Where an answer differs from what was recorded: in the value, and in the files that it left. */
function placesOf(
  wanted: Json,
  { outcome }: Answer,
  pointers: readonly string[],
  c: PlacedCase,
): readonly Difference[] {
  if (outcome === undefined || !("value" in outcome)) return [];
  const inValue = differences(wanted, normalise(outcome.value, pointers));
  if (c.leaves === undefined || outcome.leaves === undefined) return inValue;
  const left = differences(canonicalTree(treeJson(c.leaves)), canonicalTree(outcome.leaves));
  return [...inValue, ...left.map((each) => ({ ...each, pointer: `files left: ${each.pointer}` }))];
}

function placeKey({ pointer, promised }: Difference): string {
  return printCompact([pointer, promised ?? null]);
}

function positionKey({ standing: word, seen }: Position): string {
  return printCompact([word, seen ?? null]);
}

function wholeRow(c: PlacedCase, expect: PlacedCase["expect"], answers: readonly Answer[]): Row {
  const promised = expect === "golden" || "value" in expect ? "accepted" : { ...expect };
  return {
    subject: "the answer",
    promised,
    positions: answers.map(({ position, outcome }) => {
      if (position.standing !== "violated" || outcome === undefined) return position;
      return { standing: "violated", seen: wholeOf(c, outcome), known: false };
    }),
  };
}

/** An answer in a few words, or whole. */
function wholeOf({ normalised = [] }: PlacedCase, outcome: Outcome): Json {
  if ("misfit" in outcome) return { misfit: outcome.misfit };
  if ("rejects" in outcome) return { rejects: outcome.rejects };
  if ("refused" in outcome) return { refused: outcome.refused };
  const { value, leaves } = outcome;
  return { value: normalise(value, normalised), ...(leaves === undefined ? {} : { leaves: canonicalTree(leaves) }) };
}

function add(
  groups: Map<string, ComparedGroup & { readonly cases: string[] }>,
  rule: string,
  c: PlacedCase,
  { subject, promised, positions }: Row,
): void {
  const said = positions.map(({ standing: word, seen, reason }) => [word, seen ?? null, reason ?? null]);
  const key = printCompact([rule, subject, promised ?? null, said]);
  const known = groups.get(key);
  if (known !== undefined) known.cases.push(c.fullId);
  else {
    const shown = promised === undefined ? {} : { promised };
    groups.set(key, { rule, subject, cases: [c.fullId], ...shown, refs: c.refs ?? [], positions });
  }
}
