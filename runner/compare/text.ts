/** A comparison as text for a terminal. */
import { printCompact } from "../../src/json/print.ts";
import { rules } from "../../src/policy/rules.ts";
import type { Compared, ComparedGroup, Position, Standing } from "../../src/suite/compare.ts";
import { printable } from "../../src/suite/printable.ts";
import { valueLines } from "../report/pretty/value-lines.ts";
import { cut, displayWidth, padEnd } from "../terminal/display-width.ts";
import type { Paint, Style } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";
import {
  blocksOf,
  casesOf,
  detailOf,
  notStartedText,
  sidesAlike,
  splitPartly,
  standingWords,
  summaryOf,
  total,
} from "./words.ts";

/** How the text is set. */
export interface TextStyle {
  readonly paint: Paint;
  readonly columns: number;
  /** Every group in full, and what only some sides judged. */
  readonly verbose: boolean;
}

/** Groups of one rule that are told in full; the others are named. */
const mostTold = 3;
/** Characters of a side's name in the table of counts. */
const mostOfName = 20;
/** Characters of what a side said in words. */
const mostShown = 300;

/** The text, differences first. */
export function compareText(compared: Compared, style: TextStyle): string {
  const { paint, columns } = style;
  const parts = [
    wrap(`Compared: ${compared.sides.map(printable).join(", ")}`, columns, "", "  "),
    wrap(summaryOf(compared), columns, "", "  "),
  ];
  if (compared.differ.length === 0) {
    parts.push("", compared.alike === 0 ? "nothing was judged by both sides" : paint.green("no differences"));
  } else {
    parts.push("", counts(compared, style));
    for (const block of blocksOf(compared.differ)) parts.push("", blockText(compared, block.rule, block.groups, style));
  }
  parts.push(...partlyText(compared, style));
  return `${parts.join("\n")}\n`;
}

/** Violations by rule and side. */
function counts({ sides, rules: counted }: Compared, { paint, columns }: TextStyle): string {
  const names = shortened(sides.map(printable));
  const cells = counted.map(({ rule, counts: own }) => [
    rule,
    ...own.map(({ violated, judged }) => (judged === 0 ? "-" : `${violated} of ${judged}`)),
  ]);
  const rows = [["violated", ...names], ...cells];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? "")))) ?? [];
  return rows
    .map((row, index) => {
      const line = row.map((cell, column) => padEnd(cell, widths[column] ?? 0)).join("  ");
      const shown = displayWidth(line) <= columns ? line : row.join("  ");
      return index === 0 ? paint.dim(shown.trimEnd()) : shown.trimEnd();
    })
    .join("\n");
}

/** `names`, so long that a few stand side by side: cut at the end, or at the start where only the ends differ. */
function shortened(names: readonly string[]): readonly string[] {
  const starts = names.map((name) => cut(name, mostOfName));
  if (new Set(starts).size === new Set(names).size) return starts;
  return names.map((name) =>
    displayWidth(name) <= mostOfName ? name : `…${[...name].slice(1 - mostOfName).join("")}`,
  );
}

function blockText(compared: Compared, rule: string, groups: readonly ComparedGroup[], style: TextStyle): string {
  const { paint, columns, verbose } = style;
  const title = rules.find(({ id }) => id === rule)?.title ?? "";
  const told = verbose ? groups : groups.slice(0, mostTold);
  const rest = groups.slice(told.length);
  return [
    wrap(title === "" ? rule : `${rule}: ${title}`, columns, "", "  ").replace(rule, paint.bold(rule)),
    ...told.map((group) => groupText(compared, group, style)),
    ...(rest.length === 0
      ? []
      : [
          wrap(
            `the same of ${rest.length} more, in ${total(rest)} statements: ${rest.map(({ subject }) => printable(subject)).join(" ")}`,
            columns,
            "  ",
            "    ",
          ),
        ]),
  ].join("\n");
}

function groupText({ sides }: Compared, group: ComparedGroup, { paint, columns }: TextStyle): string {
  const said = sidesAlike(sides.map(shortName), group.positions);
  const labels = said.map(({ names }) => names.join(", "));
  const width = Math.max(8, ...labels.map((label) => Math.min(24, displayWidth(label))));
  const beside = (label: string, lines: readonly string[]): readonly string[] => {
    const below = lines.map((line) => `    ${padEnd("", width)}  ${line}`);
    if (displayWidth(label) > width) return [`    ${label}`, ...below];
    return below.map((line, index) => (index === 0 ? `    ${padEnd(label, width)}${line.slice(4 + width)}` : line));
  };
  const room = Math.max(20, columns - width - 6);
  const promised = group.promised === undefined ? [] : beside("promised", valueLines(group.promised, room));
  const positions = said.flatMap(({ position }, index) => {
    const style = styleOf(position.standing, paint);
    return beside(labels[index] ?? "", positionLines(position, room).map(style));
  });
  const where = group.cases.length === 1 ? casesOf(group) : `${group.cases.length} cases: ${casesOf(group)}`;
  return [`  ${printable(group.subject)}`, wrap(where, columns, "    in ", "       "), ...promised, ...positions].join(
    "\n",
  );
}

/** The word of a side, and what it saw behind or below it. */
function positionLines(position: Position, room: number): readonly string[] {
  const word = standingWords[position.standing];
  const { standing, seen } = position;
  if (standing === "violated" && typeof seen === "object" && seen !== null) {
    const lines = valueLines(seen, room);
    const [only = ""] = lines;
    return lines.length === 1 && displayWidth(`${word}: ${only}`) <= room ? [`${word}: ${only}`] : [word, ...lines];
  }
  const detail = detailOf(position);
  return wrap(detail === undefined ? word : `${word}: ${detail.slice(0, mostShown)}`, room, "", "").split("\n");
}

function partlyText({ sides, partly }: Compared, { columns, verbose, paint }: TextStyle): readonly string[] {
  if (partly.length === 0) return [];
  const heading = paint.bold("Judged by some only");
  const { notStarted, others } = splitPartly(sides.map(shortName), partly);
  const started = notStarted.map((each) => wrap(notStartedText(each), columns, "  ", "    "));
  const lines = blocksOf(others).flatMap(({ rule, groups }) => {
    const said = sidesAlike(sides.map(shortName), groups[0]?.positions ?? []).map(
      ({ names, position }) => `${names.join(", ")} ${standingWords[position.standing]}`,
    );
    const first = wrap(`${rule} (${total(groups)}): ${said.join("; ")}`, columns, "  ", "    ");
    if (!verbose) return [first];
    const reasons = new Set(groups.flatMap(({ positions }) => positions.flatMap((each) => detailOf(each) ?? [])));
    return [first, ...[...reasons].slice(0, mostTold).map((reason) => wrap(reason, columns, "      ", "      "))];
  });
  const more = verbose || others.length === 0 ? [] : ["  (--verbose says why)"];
  return ["", heading, ...started, ...lines, ...more];
}

function styleOf(standing: Standing, paint: Paint): Style {
  if (standing === "holds") return paint.green;
  return standing === "violated" || standing === "error" ? paint.red : paint.dim;
}

/** A side's name without its version, where that is all there is. */
export function shortName(name: string): string {
  const [first = name, ...more] = printable(name).split(" ");
  return more.length <= 1 ? first : printable(name);
}

/** What both formats show of a value. */
export function shownValue(value: Parameters<typeof printCompact>[0]): string {
  return printable(printCompact(value));
}
