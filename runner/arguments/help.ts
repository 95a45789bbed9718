/** The help, drawn from what the commands say about themselves. */
import { padEnd } from "../terminal/display-width.ts";
import type { Paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";
import type { Command } from "./command.ts";
import { commonOptions } from "./common-options.ts";
import type { Option, Options } from "./option.ts";

/** How the help is set. */
export interface HelpStyle {
  readonly paint: Paint;
  readonly columns: number;
}

/** Commands under one heading. */
export interface HelpGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

const widest = 100;

/** `cupel --help`: what it is, the default command, all commands in groups, what every command takes. */
export function overview(first: Command, groups: readonly HelpGroup[], style: HelpStyle): string {
  const { paint } = style;
  const width = Math.max(...groups.flatMap(({ commands }) => commands.map(({ name }) => name.length)));
  const parts = [
    set(`${paint.bold("cupel")}: ${first.summary}`, style, "", ""),
    block("Usage", ["cupel [options]", "cupel COMMAND [options] ..."], style),
    ...groups.map(({ title, commands }) =>
      block(
        title,
        commands.map(({ name, summary }) => {
          const term = `${paint.cyan(name)}${" ".repeat(width - name.length)}  `;
          return set(summary, style, `  ${term}`, " ".repeat(width + 4)).trimStart();
        }),
        style,
      ),
    ),
    block("Options", optionLines({ ...first.options, ...commonOptions }, style), style),
    block("Exit codes", exitLines(style), style),
    "cupel COMMAND --help tells more about a command.",
  ];
  return `${parts.join("\n\n")}\n`;
}

/** `cupel NAME --help`. */
export function helpOf(command: Command, style: HelpStyle): string {
  const called = command.name === "" ? "cupel" : `cupel ${command.name}`;
  const parts = [
    set(`${style.paint.bold(called)}: ${command.summary}`, style, "", ""),
    block(
      "Usage",
      command.usage.map((form) => `cupel ${form}`.trimEnd()),
      style,
    ),
    block("Options", optionLines({ ...command.options, ...commonOptions }, style), style),
  ];
  if (command.details !== undefined) {
    parts.push(...command.details.split("\n").map((paragraph) => set(paragraph, style, "", "")));
  }
  return `${parts.join("\n\n")}\n`;
}

function block(title: string, lines: readonly string[], { paint }: HelpStyle): string {
  return [paint.bold(title), ...lines.map((line) => `  ${line}`)].join("\n");
}

function optionLines(options: Options, style: HelpStyle): readonly string[] {
  const terms = Object.entries(options).map(([name, option]) => ({ term: termOf(name, option), help: option.help }));
  const width = Math.max(...terms.map(({ term }) => term.length));
  // On a narrow terminal the explanation goes below its option.
  if (columnsOf(style) < 70) {
    return terms.map(({ term, help }) => `${style.paint.cyan(term)}\n${set(help, style, "      ", "      ")}`);
  }
  return terms.map(({ term, help }) => {
    const rest = " ".repeat(width + 4);
    return set(help, style, `  ${style.paint.cyan(padEnd(term, width))}  `, rest).trimStart();
  });
}

const exits: readonly (readonly [code: string, meaning: string])[] = [
  ["0", "clean"],
  ["1", "a failure that nobody expected, or a stale baseline entry"],
  ["2", "wrong input: the command line, a table, a file"],
  ["3", "cupel, an adapter or the machine broke; no verdict"],
  ["4", "nothing was judged, or something required is missing"],
];

function exitLines(style: HelpStyle): readonly string[] {
  return exits.map(([code, meaning]) => set(meaning, style, `  ${style.paint.cyan(code)}  `, "     ").trimStart());
}

function termOf(name: string, option: Option): string {
  const short = option.short === undefined ? "" : `-${option.short}, `;
  return `${short}--${name}${option.type === "switch" ? "" : ` ${option.value ?? "VALUE"}`}`;
}

function set(text: string, style: HelpStyle, first: string, rest: string): string {
  return wrap(text, columnsOf(style), first, rest);
}

function columnsOf({ columns }: HelpStyle): number {
  return Math.min(columns, widest);
}
