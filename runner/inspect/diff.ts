/** The work of `cupel diff`. */
import { printCompact, printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { diffPromises } from "../../src/policy/diff.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import { printable } from "../../src/suite/printable.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { colorOption } from "../terminal/color-option.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { type Paint, paintFor } from "../terminal/paint.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { readConfig } from "./read-config.ts";

type Difference = ReturnType<typeof diffPromises>[number];

/** Worst first. */
const groups = ["weaker", "different", "stronger"] as const;

/** Compares the configs in two files. Exit code 1 when the second is weaker anywhere. Throws CupelError for what is no config. */
export async function diff(context: Context, before: string, after: string): Promise<number> {
  if (before === "-" && after === "-") throw usageError("standard input can be read only once");
  const { stdout, flags, env } = context;
  const old = promisesOf(await readConfig(before, context));
  const differences = diffPromises(old, promisesOf(await readConfig(after, context)));
  const byGroup = new Map(groups.map((group) => [group, differences.filter((each) => each.comparison === group)]));
  if (flags.has("json")) {
    stdout.write(printJson(Object.fromEntries([...byGroup].map(([group, found]) => [group, found.map(documentOf)]))));
  } else {
    const paint = paintFor(wantsColor(stdout, env, colorOption(flags)));
    const parts = [...byGroup].filter(([, found]) => found.length > 0);
    const text = parts.map(([group, found]) => block(group, found, paint, stdout.columns));
    stdout.write(text.length === 0 ? "both promise the same\n" : `${text.join("\n\n")}\n`);
  }
  return (byGroup.get("weaker")?.length ?? 0) > 0 ? 1 : 0;
}

function block(group: string, found: readonly Difference[], paint: Paint, columns: number): string {
  const style = group === "weaker" ? paint.red : group === "stronger" ? paint.green : paint.yellow;
  return [paint.bold(style(`${group} (${found.length})`)), ...found.map((each) => entry(each, paint, columns))].join("\n");
}

function entry({ rule, subject, before, after }: Difference, paint: Paint, columns: number): string {
  const name = printable(`${rule}[${subject}]`);
  const [old, now] = [shown(before), shown(after)];
  const line = `  ${name}  ${old} -> ${now}`;
  if (displayWidth(line) <= columns) return `  ${name}  ${paint.dim(old)} -> ${now}`;
  return `  ${name}\n    old  ${paint.dim(old)}\n    new  ${now}`;
}

function shown(value: Json | undefined): string {
  return value === undefined ? "(nothing)" : printable(printCompact(value));
}

function documentOf({ rule, subject, before, after }: Difference): Json {
  return { rule, subject, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
