/** Compares what several runtimes, or several saved reports, say of the same statements. Pure: events in, differences out. */
import { printCompact } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import type { CheckEvent, Event, StartEvent, Verdict } from "./event.ts";

/** One side of a comparison: a runtime, an implementation or a saved report. */
export interface ComparedSide {
  /** What people call it. */
  readonly name: string;
  /** Checks by what they state, whoever was asked; see {@link statementOf}. */
  readonly checks: ReadonlyMap<string, CheckEvent>;
}

/**
 * What one side says of a statement: it holds, is violated, could not be judged for a fault (`error`), cannot be shown there
 * (`unseen`), stands behind a failure (`blocked`), was left out for another reason (`skipped`), or is no part of that side (`absent`).
 */
export type Standing = "holds" | "violated" | "error" | "unseen" | "blocked" | "skipped" | "absent";

/** What one side says, and what it saw. */
export interface Position {
  readonly standing: Standing;
  readonly seen?: Json;
  readonly reason?: string;
  /** A baseline expects this. */
  readonly known: boolean;
}

/** Statements of one rule and subject on which the sides stand in the same way, whatever the case. */
export interface ComparedGroup {
  /** Rule of an execution, or the layer (`golden`, `schema`, `policy`) of a check of documents. */
  readonly rule: string;
  readonly subject: string;
  /** Cases in which the sides stand like this, in the order of the first side. */
  readonly cases: readonly string[];
  /** Of the first case. */
  readonly promised?: Json;
  readonly refs: readonly string[];
  /** In the order of the sides; what was seen is that of the first case. */
  readonly positions: readonly Position[];
}

/** How often a side violates a rule, of what it was judged by. */
export interface RuleCount {
  readonly rule: string;
  /** In the order of the sides. */
  readonly counts: readonly { readonly violated: number; readonly judged: number }[];
}

/** The whole comparison. */
export interface Compared {
  readonly sides: readonly string[];
  readonly cases: number;
  readonly statements: number;
  /** Judged everywhere with the same outcome. */
  readonly alike: number;
  /** Judged differently by at least two sides. */
  readonly differ: readonly ComparedGroup[];
  /** Alike wherever it was judged, and not judged by at least one side. */
  readonly partly: readonly ComparedGroup[];
  /** Judged by no side: skipped, or broken everywhere. */
  readonly unseen: number;
  /** Rules on which the sides differ, in the order of their first difference. */
  readonly rules: readonly RuleCount[];
}

const executed = /^(.*#run\/.*)@([^@+]*)(\+[^@+]*)$/;

/** The statement behind a check id, without the runtime that was asked: `CASE#run/RULE[SUBJECT]+CALLER`. Other ids stay. */
export function statementOf(id: string): { readonly statement: string; readonly runtime: string | undefined } {
  const [, before, runtime, caller] = executed.exec(id) ?? [];
  if (before === undefined || caller === undefined) return { statement: id, runtime: undefined };
  return { statement: before + caller, runtime };
}

/** The id of the same check on `runtime`. Ids of what is not executed stay. */
export function onRuntime(id: string, runtime: string): string {
  return id.replace(executed, (_id, before: string, _own, caller: string) => `${before}@${runtime}${caller}`);
}

/** The sides of one run: a side for each runtime that it started. Checks of documents belong to none. */
export function sidesOfRun(
  start: Pick<StartEvent, "runtimes">,
  checks: readonly CheckEvent[],
): readonly ComparedSide[] {
  return start.runtimes.map(({ name, version }) => ({
    name: `${name} ${version}`,
    checks: new Map(
      checks.flatMap((check) => {
        const { statement, runtime } = statementOf(check.id);
        return runtime === name ? [[statement, check] as const] : [];
      }),
    ),
  }));
}

/**
 * The sides of saved reports. Where every report ran one runtime, they are compared whatever its name; otherwise a
 * statement is the same only on a runtime of the same name. `names` are those of the files.
 */
export function sidesOfReports(
  reports: readonly (readonly Event[])[],
  names: readonly string[],
): readonly ComparedSide[] {
  const starts = reports.map((events) => events.find((event) => event.type === "start"));
  const single = starts.every((start) => (start?.runtimes.length ?? 0) <= 1);
  return reports.map((events, index) => {
    const [runtime, ...more] = starts[index]?.runtimes ?? [];
    const file = names[index] ?? "";
    const name = runtime === undefined || more.length > 0 ? file : `${runtime.name} ${runtime.version} (${file})`;
    const checks = events.filter((event) => event.type === "check");
    const key = ({ id }: CheckEvent): string => (single ? statementOf(id).statement : id);
    return { name, checks: new Map(checks.map((check) => [key(check), check])) };
  });
}

/** Compares `sides`, of which there are at least two. */
export function compareSides(sides: readonly ComparedSide[]): Compared {
  const statements = [...new Set(sides.flatMap(({ checks }) => [...checks.keys()]))];
  const differ = new Map<string, Building>();
  const partly = new Map<string, Building>();
  let alike = 0;
  let unseen = 0;
  for (const statement of statements) {
    const checks = sides.map((side) => side.checks.get(statement));
    const positions = checks.map(positionOf);
    const judged = positions.filter(({ standing }) => isJudged(standing));
    const outcomes = new Set(judged.map(outcomeOf));
    // Where all that was tried broke there is no verdict that could be alike.
    if (judged.every(({ standing }) => standing === "error")) unseen += 1;
    else if (outcomes.size > 1) add(differ, statement, checks, positions);
    else if (judged.length < positions.length) add(partly, statement, checks, positions);
    else alike += 1;
  }
  const groups = [...differ.values()];
  return {
    sides: sides.map(({ name }) => name),
    cases: new Set(statements.map((statement) => statement.split("#", 1)[0])).size,
    statements: statements.length,
    alike,
    differ: groups,
    partly: [...partly.values()],
    unseen,
    rules: [...new Set(groups.map(({ rule }) => rule))].map((rule) => ({
      rule,
      counts: sides.map((side) => count(side, rule)),
    })),
  };
}

interface Building extends ComparedGroup {
  readonly cases: string[];
}

function add(
  groups: Map<string, Building>,
  statement: string,
  checks: readonly (CheckEvent | undefined)[],
  positions: readonly Position[],
): void {
  const { owner, rule, subject } = partsOf(statement);
  const key = printCompact([rule, subject, ...positions.map(({ standing }) => standing)]);
  const known = groups.get(key);
  if (known !== undefined) {
    known.cases.push(owner);
    return;
  }
  const shown = checks.find((check) => check?.promised !== undefined);
  const promised = shown?.promised === undefined ? {} : { promised: shown.promised };
  groups.set(key, { rule, subject, cases: [owner], ...promised, refs: shown?.refs ?? [], positions });
}

function count(side: ComparedSide, rule: string): { readonly violated: number; readonly judged: number } {
  let violated = 0;
  let judged = 0;
  for (const [statement, check] of side.checks) {
    const { standing } = positionOf(check);
    if (partsOf(statement).rule !== rule || !isJudged(standing)) continue;
    judged += 1;
    if (standing !== "holds") violated += 1;
  }
  return { violated, judged };
}

function partsOf(statement: string): { readonly owner: string; readonly rule: string; readonly subject: string } {
  const [, owner = statement, rest = ""] = /^([^#]*)#(.*)$/s.exec(statement) ?? [];
  const [, rule, subject] = /^run\/([^[]*)\[(.*)\](?:@[^@+]*)?\+[^@+]*$/s.exec(rest) ?? [];
  if (rule !== undefined) return { owner, rule, subject: subject ?? "" };
  const slash = rest.indexOf("/");
  return slash < 0
    ? { owner, rule: rest, subject: "" }
    : { owner, rule: rest.slice(0, slash), subject: rest.slice(slash + 1) };
}

const standings: { readonly [verdict in Exclude<Verdict, "skip">]: Standing } = {
  pass: "holds",
  fail: "violated",
  error: "error",
};

function positionOf(check: CheckEvent | undefined): Position {
  if (check === undefined) return { standing: "absent", known: false };
  const { verdict, code, reason, seen, known } = check;
  const standing = verdict === "skip" ? skipStanding(code, reason) : standings[verdict];
  return {
    standing,
    ...(seen === undefined ? {} : { seen }),
    ...(reason === undefined ? {} : { reason }),
    known: known !== undefined,
  };
}

function skipStanding(code: string | undefined, reason: string | undefined): Standing {
  if (code === "not-observable") return "unseen";
  return reason?.startsWith("blocked by") === true ? "blocked" : "skipped";
}

function isJudged(standing: Standing): boolean {
  return standing === "holds" || standing === "violated" || standing === "error";
}

/** What holds, holds, whatever was seen; two violations are alike when they show the same. */
function outcomeOf({ standing, seen }: Position): string {
  return standing === "violated" ? `${standing} ${printCompact(seen ?? null)}` : standing;
}
