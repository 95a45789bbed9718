/** The posture table for a terminal. */
import { printable } from "../../../src/suite/printable.ts";
import type { Paint } from "../../terminal/paint.ts";
import { wrap } from "../../terminal/wrap.ts";
import { cellLines } from "./cell-lines.ts";
import { type Layout, layoutFor } from "./layout.ts";
import {
  type Block,
  blockOf,
  intentName,
  markLegend,
  Notes,
  policyBlock,
  provenance,
  reasonsOf,
  type Shown,
  shows,
  wishBlock,
} from "./shown.ts";

/** How it is set. */
export interface TextStyle {
  readonly paint: Paint;
  /** Of the terminal. */
  readonly columns: number;
}

/** Running text is not wider than this. */
const widestText = 100;

/** A table with a column for each system; on a narrow terminal a list of who says what. */
export function postureText(shown: Shown, style: TextStyle): string {
  const { paint, columns } = style;
  const names = shown.systems.map(({ name }) => name);
  const layout = layoutFor(names, paint, columns);
  const notes = new Notes();
  const blocks = shown.sections.filter(({ name }) => shows(shown, name)).map((section) => blockOf(section, notes));
  const wishes = [
    blockText(wishBlock(shown), layout, style),
    ...shown.systems.map((system) => listOf(`${system.name}: ${provenance(system)}`, reasonsOf(system), style)),
  ];
  const parts = [
    `${paint.bold(printable(intentName(shown)))}\n${running(shown.intent.title, style)}`,
    ...(shows(shown, "wishes") ? wishes : []),
    ...(shows(shown, "policies") ? [blockText(policyBlock(shown), layout, style)] : []),
    ...blocks.map((block) => blockText(block, layout, style)),
    listOf(
      "Lists",
      notes.entries().map(([letter, list]) => `(${letter}) ${list}`),
      style,
    ),
    listOf("Legend", legend(shown), style),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function blockText({ title, rules, alike }: Block, layout: Layout, style: TextStyle): string {
  const lines = rules.flatMap(({ rule, lines: own }) => {
    const [only] = own;
    // A rule that speaks of one thing needs no line of its own.
    if (only !== undefined && only.label === "") return [layout.line({ ...only, label: rule })];
    return [...(rule === "" ? [] : [layout.rule(rule)]), ...own.map((line) => layout.line(line))];
  });
  const same = alike.map((text) => hanging(text, style, "= "));
  return [lines.length === 0 ? style.paint.bold(title) : layout.head(title), ...lines, ...same].join("\n");
}

function listOf(title: string, items: readonly string[], style: TextStyle): string {
  if (items.length === 0) return "";
  return [style.paint.bold(running(title, style)), ...items.map((item) => hanging(item, style))].join("\n");
}

/** With its further lines indented; no line is wider than the terminal. */
function hanging(text: string, style: TextStyle, first = "  "): string {
  return first + cellLines(printable(text), textWidth(style) - 4).join("\n    ");
}

function running(text: string, style: TextStyle): string {
  return wrap(printable(text), textWidth(style), "", "");
}

function textWidth({ columns }: TextStyle): number {
  return Math.min(columns, widestText);
}

function legend(shown: Shown): readonly string[] {
  const marks = shown.sections.some(({ name }) => shows(shown, name));
  return [
    ...(marks ? [markLegend(shown), "= what all of them promise alike."] : []),
    ...(shows(shown, "wishes")
      ? [
          "! never and ! always: not as wished, and the system leaves no choice. elsewhere: the config does not decide it.",
        ]
      : []),
    "Every value is what a config promises that was generated just now; --json shows the requests and the configs.",
  ];
}
