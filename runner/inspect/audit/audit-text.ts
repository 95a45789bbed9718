/** An audit for a terminal. */
import { printCompact } from "../../../src/json/print.ts";
import { isArray, isObject, type Json } from "../../../src/json/value.ts";
import { familiesOf } from "../../../src/policy/posture/families.ts";
import type { Condition } from "../../../src/policy/read-policy.ts";
import type { Promised } from "../../../src/policy/rule.ts";
import { rules } from "../../../src/policy/rules.ts";
import { printable } from "../../../src/suite/printable.ts";
import { valueLines } from "../../report/pretty/value-lines.ts";
import { padEnd } from "../../terminal/display-width.ts";
import type { Paint } from "../../terminal/paint.ts";
import { wrap } from "../../terminal/wrap.ts";
import { changesText } from "../changes.ts";
import { type Audited, type JudgedPolicy, verdictOf } from "./audited.ts";

/** How it is set. */
export interface AuditStyle {
  readonly paint: Paint;
  readonly columns: number;
  /** Only the judgement. */
  readonly quiet: boolean;
}

/** What is promised, family by family; then the policies; last what was asked for, so that it is seen. */
export function auditText(audited: Audited, style: AuditStyle): string {
  const { paint } = style;
  const policies = policyPart(audited, style);
  const judges = audited.asked.length > 0 || audited.against !== undefined;
  const all = style.quiet ? (judges ? [] : [policies]) : [...promiseParts(audited.promises, style), policies];
  const judged = audited.asked.map((each) => judgedPart(each, style));
  const against =
    audited.against === undefined
      ? []
      : [
          `${paint.bold(printable(`Against ${audited.against.file}`))}\n${changesText(audited.against.changes, paint, style.columns).trimEnd()}`,
        ];
  return `${[paint.bold(printable(audited.file)), ...all, ...judged, ...against].join("\n\n")}\n`;
}

function promiseParts(promises: readonly Promised[], style: AuditStyle): readonly string[] {
  return familiesOf(rules.map(({ id }) => id)).map(({ title, rules: ids }) => {
    const lines = ids.flatMap((id) =>
      ruleLines(
        id,
        promises.filter(({ rule }) => rule === id),
        style,
      ),
    );
    return [style.paint.bold(title), ...lines].join("\n");
  });
}

/** Subjects with the same value share a line: `private: mount, pid`. */
function ruleLines(rule: string, promises: readonly Promised[], style: AuditStyle): readonly string[] {
  const { paint, columns } = style;
  const [only] = promises;
  const name = `  ${paint.cyan(rule)}`;
  if (only === undefined) return [`${name}  nothing`];
  const bySubject = new Map<string, string[]>();
  for (const { subject, value } of promises) {
    const words = textOf(value);
    bySubject.set(words, [...(bySubject.get(words) ?? []), subject.slice(subject.indexOf(":") + 1)]);
  }
  if (promises.length === 1) return [wrap(printable(textOf(only.value)), columns, `${name}  `, "      ")];
  const lines = [...bySubject].map(([words, subjects]) =>
    wrap(printable(`${subjects.join(", ")}: ${words}`), columns, "    ", "      "),
  );
  return [name, ...lines];
}

/** A value as a reviewer reads it: whole, but without the signs of JSON. */
function textOf(value: Json): string {
  if (isArray(value)) return value.length === 0 ? "none" : value.map(itemText).join(" ");
  if (!isObject(value)) return typeof value === "boolean" ? (value ? "yes" : "no") : itemText(value);
  return Object.entries(value)
    .map(([key, each]) => `${key} ${isArray(each) ? textOf(each) : itemText(each)}`)
    .join(", ");
}

function itemText(value: Json): string {
  return typeof value === "string" && value !== "" ? value : printCompact(value);
}

function policyPart({ asked, others }: Audited, { paint }: AuditStyle): string {
  const policies = [...asked, ...others].toSorted((a, b) => (a.policy.name < b.policy.name ? -1 : 1));
  const width = Math.max(0, ...policies.map(({ policy }) => policy.name.length));
  const lines = policies.map((judged) => `  ${padEnd(judged.policy.name, width)}  ${verdictOf(judged)}`);
  return [paint.bold("Policies"), ...lines].join("\n");
}

/** A policy that was asked for: each condition that is missing, and why it is one. */
function judgedPart(judged: JudgedPolicy, style: AuditStyle): string {
  const { paint } = style;
  const { policy, conditions } = judged;
  const lacking = conditions.flatMap((condition, index) => (condition.holds ? [] : [{ condition, index }]));
  const verdict = verdictOf(judged);
  const title = `${paint.bold(printable(policy.name))} ${lacking.length === 0 ? paint.green(verdict) : paint.red(verdict)}`;
  return [title, ...lacking.map(({ condition, index }) => lackText(condition, policy.requires[index], style))].join(
    "\n",
  );
}

function lackText(
  { rule, subject, promised, wanted, at }: JudgedPolicy["conditions"][number],
  condition: Condition | undefined,
  { paint, columns }: AuditStyle,
): string {
  const row = (label: string, value: Json): readonly string[] =>
    valueLines(value, columns - 16).map((line, index) => `      ${padEnd(index === 0 ? label : "", 8)}  ${line}`);
  return [
    `  ${paint.red("FAIL")}  ${printable(`${rule}[${subject}]`)}`,
    ...(condition?.why === undefined ? [] : [wrap(printable(condition.why), columns, "      ", "      ")]),
    `      at        ${printable(at === "" ? "(the whole document)" : at)}`,
    ...row("promised", promised),
    ...row("wanted", wanted),
  ].join("\n");
}
