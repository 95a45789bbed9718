/** What the formats of `cupel posture` show, and the words that they share. */

import { absent } from "../../../src/policy/order.ts";
import type { Intent } from "../../../src/policy/posture/intents.ts";
import { isAlike, mergeRows } from "../../../src/policy/posture/merge-rows.ts";
import type { Answer, Cell, Row, Section, SystemPosture } from "../../../src/policy/posture/posture.ts";
import type { Reference, Relation } from "../../../src/policy/posture/reference.ts";
import type { Wishes } from "../../../src/policy/posture/wishes.ts";

/** Everything that one call of the command found out. */
export interface Shown {
  readonly intent: Intent;
  /** What was changed by options, e.g. `with root`. */
  readonly changed: readonly string[];
  readonly wishes: Wishes;
  readonly systems: readonly SystemPosture[];
  readonly reference: Reference;
  readonly sections: readonly Section[];
  /** Names of the parts to show; all when it is empty. */
  readonly only: readonly string[];
}

/** One row, in words. */
export interface Line {
  /** Empty where the rule speaks of nothing but one thing. */
  readonly label: string;
  /** Whether the reference speaks of it. */
  readonly asked: boolean;
  /** One for each system. */
  readonly cells: readonly string[];
}

/** A family of rules in words: first where the systems differ, then what they all say. */
export interface Block {
  readonly title: string;
  /** The lines of each rule; without a name where they are no rule's. */
  readonly rules: readonly { readonly rule: string; readonly lines: readonly Line[] }[];
  /** One for each rule: `namespaces: private (mount, pid); shared (time)`. */
  readonly alike: readonly string[];
}

/** Name of the intent, with what was changed. */
export function intentName({ intent, changed }: Shown): string {
  return [intent.name, ...changed].join(", ");
}

/** The wishes, each with what every system makes of it; those on which nothing is to be said, in a line. */
export function wishBlock({ systems }: Shown): Block {
  const [first] = systems;
  const lines = (first?.answers ?? []).map(({ wish, wished }, index) => {
    const cells = systems.map(({ answers }) => answerWord(answers[index]));
    return { wish, wished, label: `${wish}: ${yesOrNo(wished)}`, asked: false, cells };
  });
  const isPlain = ({ wished, cells }: (typeof lines)[number]): boolean =>
    cells.every((cell) => cell === yesOrNo(wished));
  const alike = [true, false].flatMap((value) => {
    const names = lines.filter((line) => isPlain(line) && line.wished === value).map(({ wish }) => wish);
    return names.length === 0
      ? []
      : [`${value ? "wished for, and so" : "not wished for, and not so"}: ${names.join(", ")}`];
  });
  return { title: "Wishes", rules: [{ rule: "", lines: lines.filter((line) => !isPlain(line)) }], alike };
}

function yesOrNo(value: boolean): string {
  return value ? "yes" : "no";
}

/** What a system makes of a wish; `!` where it is not as wished. */
function answerWord(answer: Answer | undefined): string {
  if (answer === undefined) return "";
  const { wished, granted, fixed } = answer;
  if (fixed?.is === "elsewhere") return "elsewhere";
  if (wished && granted && fixed?.is === "always") return "always";
  return wished === granted ? yesOrNo(granted) : `! ${fixed?.is ?? (granted ? "granted" : "refused")}`;
}

/** What must be said of the answers of a system beyond those words, as `wish, wish: sentence`. */
export function reasonsOf({ answers }: SystemPosture): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const answer of answers) {
    const reason = reasonOf(answer);
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), answer.wish]);
  }
  return [...byReason].map(([reason, wishes]) => `${wishes.join(", ")}: ${reason}`);
}

function reasonOf({ wished, granted, fixed, remark }: Answer): string | undefined {
  const worthTelling = wished || wished !== granted || fixed?.is === "elsewhere";
  return worthTelling ? (fixed?.why ?? remark) : undefined;
}

/** Whether the part of this name is to be shown. */
export function shows({ only }: Shown, part: string): boolean {
  return only.length === 0 || only.includes(part);
}

/** What was asked, in a few words: `snix-build at 632bc093 of 2025-07-31`. */
export function provenance({ upstream, revision, operation }: SystemPosture): string {
  const ours = operation === "config" ? "" : `, told by our operation ${operation}`;
  return `${upstream} at ${revision.id} of ${revision.date}${ours}`;
}

/** Every policy, and what each system lacks of it. */
export function policyBlock({ systems }: Shown): Block {
  const [first] = systems;
  const lines = (first?.policies ?? []).map(({ name }, index) => ({
    label: name,
    asked: false,
    cells: systems.map(({ policies }) => {
      const conditions = policies[index]?.conditions ?? [];
      const lacking = conditions.filter(({ holds }) => !holds).length;
      return lacking === 0 ? "holds" : `lacks ${lacking} of ${conditions.length}`;
    }),
  }));
  return { title: "Policies", rules: [{ rule: "", lines }], alike: [] };
}

/** A family in words; `notes` collects the lists that are told below. */
export function blockOf({ title, rows }: Section, notes: Notes): Block {
  const own = [...new Set(rows.map(({ rule }) => rule))].map((rule) => ({
    rule,
    rows: rows.filter((row) => row.rule === rule),
  }));
  return {
    title,
    rules: own
      .map(({ rule, rows: all }) => {
        const differing = mergeRows(all.filter((row) => !isAlike(row)));
        return { rule, lines: differing.map((row) => lineOf(row, all.length === 1, notes)) };
      })
      .filter(({ lines }) => lines.length > 0),
    alike: own.flatMap(({ rule, rows: all }) => alikeText(rule, all, notes)),
  };
}

/** `namespaces: private (mount, pid); shared (time)`, or nothing where the systems agree on nothing. */
function alikeText(rule: string, rows: readonly Row[], notes: Notes): readonly string[] {
  const byText = new Map<string, string[]>();
  for (const row of rows.filter(isAlike)) {
    const cell = row.cells.find(({ value }) => value !== absent);
    if (cell === undefined) continue;
    const everywhere = row.cells.every(({ words }) => words.text === cell.words.text);
    const text = `${notes.textOf(cell)}${everywhere ? "" : " where there"}${markOf(cell.relation)}`;
    byText.set(text, [...(byText.get(text) ?? []), labelOf(row.subjects)]);
  }
  if (byText.size === 0) return [];
  const parts = [...byText].map(([text, labels]) => (rows.length === 1 ? text : `${text} (${labels.join(", ")})`));
  return [`${rule}: ${parts.join("; ")}`];
}

function lineOf(row: Row, only: boolean, notes: Notes): Line {
  return {
    label: only ? "" : labelOf(row.subjects),
    asked: row.asked,
    cells: row.cells.map((cell) => `${notes.textOf(cell)}${markOf(cell.relation)}`),
  };
}

/** Subjects without the word that their rule puts in front: `pid`, `/proc/keys`. */
function labelOf(subjects: readonly string[]): string {
  return subjects.map((subject) => subject.slice(subject.indexOf(":") + 1).replace(/^RLIMIT_/, "")).join(", ");
}

/** How a relation is written: a mark and its word. */
export const relationMarks = {
  weaker: "(- weaker)",
  stronger: "(+ stronger)",
  different: "(~ other)",
} as const;

function markOf(relation: Relation): string {
  return relation === undefined ? "" : ` ${relationMarks[relation]}`;
}

/** What the marks refer to, one sentence. */
export function markLegend({ reference }: Shown): string {
  const { weaker, stronger, different } = relationMarks;
  return reference.kind === "policy"
    ? `${weaker} is less than the policy ${reference.name} asks, ${different} is not what it asks; * stands where it asks for something.`
    : `${weaker}, ${stronger} and ${different} compare with what ${reference.name} promises.`;
}

/** The lists that cells only count, each with the letter that stands for it. */
export class Notes {
  readonly #lists: string[] = [];

  /** The words of a cell, with a letter where a list is behind them. */
  textOf({ words }: Cell): string {
    if (words.list === undefined) return words.text;
    const list = words.list.join(" ");
    if (!this.#lists.includes(list)) this.#lists.push(list);
    return `${words.text} (${letterOf(this.#lists.indexOf(list))})`;
  }

  /** Every letter that was given, with its list. */
  entries(): readonly (readonly [letter: string, list: string])[] {
    return this.#lists.map((list, index) => [letterOf(index), list]);
  }
}

function letterOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : `${letterOf(Math.floor(index / 26) - 1)}${last}`;
}
