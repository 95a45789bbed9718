/** Sets the rows of the posture table: in columns, or as a list where the terminal is too narrow for them. */
import { printable } from "../../../src/suite/printable.ts";
import { padEnd } from "../../terminal/display-width.ts";
import type { Paint } from "../../terminal/paint.ts";
import { wrap } from "../../terminal/wrap.ts";
import { cellLines } from "./cell-lines.ts";
import { type Line, relationMarks } from "./shown.ts";

/** How lines are set. */
export interface Layout {
  /** The line above rows. */
  head(title: string): string;
  /** The line above the rows of one rule. */
  rule(name: string): string;
  /** One row. */
  line(line: Line): string;
}

/** Widths of the columns, blanks between included: of the labels, and of each system. */
interface Widths {
  readonly label: number;
  readonly cell: number;
}

const narrowest: Widths = { label: 20, cell: 12 };
const widest: Widths = { label: 34, cell: 24 };

/** The layout for systems of these names on a terminal of `columns`. */
export function layoutFor(names: readonly string[], paint: Paint, columns: number): Layout {
  const label = Math.min(widest.label, Math.max(narrowest.label, Math.floor(columns / 4.5)));
  const cell = Math.min(widest.cell, Math.floor((columns - label) / Math.max(1, names.length)));
  return cell < narrowest.cell ? listLayout(names, paint, columns) : columnLayout(names, paint, { cell, label });
}

/** A label of more lines than this, when its cells have fewer, stands in lines of its own. */
const tallest = 3;

function columnLayout(names: readonly string[], paint: Paint, width: Widths): Layout {
  const all = width.label + width.cell * names.length;
  const line = ({ label, asked, cells }: Line): string => {
    const first = cellLines(printable(label), width.label - 3);
    const columns = cells.map((text) => cellLines(printable(text), width.cell - 1));
    const height = Math.max(...columns.map((lines) => lines.length));
    const isTall = first.length > Math.max(tallest, height);
    const above = isTall ? cellLines(printable(label), all - 4) : [];
    const beside = isTall ? [] : first;
    const rows = Array.from({ length: Math.max(height, beside.length) }, (_, at) => {
      const row = columns.map((lines) => tint(padEnd(lines[at] ?? "", width.cell), paint)).join("");
      return `${padEnd(beside[at] ?? "", width.label - 2)}${row}`.trimEnd();
    });
    return `${asked ? "* " : "  "}${[...above, ...rows].join("\n  ")}`;
  };
  return {
    head: (title) =>
      paint.bold(
        padEnd(title, width.label) +
          names
            .map((name) => padEnd(name, width.cell))
            .join("")
            .trimEnd(),
      ),
    rule: (name) => paint.cyan(name),
    line,
  };
}

/** Who says what, one line for each that says something else. */
function listLayout(names: readonly string[], paint: Paint, columns: number): Layout {
  return {
    head: (title) => paint.bold(title),
    rule: (name) => paint.cyan(name),
    line: ({ label, asked, cells }) => {
      const texts = [...new Set(cells)];
      const first = label === "" && !asked ? [] : [wrap(printable(label), columns, asked ? "* " : "  ", "    ")];
      const lines = texts.map((text) => {
        const who = texts.length === 1 ? "all" : names.filter((_, index) => cells[index] === text).join(", ");
        return tint(wrap(`${who}: ${printable(text)}`, columns, "    ", "      "), paint);
      });
      return [...first, ...lines].join("\n");
    },
  };
}

const styles = [
  [relationMarks.weaker, "red"],
  [relationMarks.stronger, "green"],
  [relationMarks.different, "yellow"],
] as const;

/** Colours the marks, which say the same without it. */
function tint(line: string, paint: Paint): string {
  const marked = styles.reduce((text, [mark, style]) => text.replace(mark, paint[style](mark)), line);
  return marked.replace(/! (?:never|always|granted|refused)/, (found) => paint.yellow(found));
}
