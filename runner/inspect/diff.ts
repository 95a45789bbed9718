/** The work of `cupel diff`. */
import { equalJson } from "../../src/json/equal.ts";
import { printCompact, printJson } from "../../src/json/print.ts";
import { isArray, type Json } from "../../src/json/value.ts";
import { diffPromises, type PromiseChange } from "../../src/policy/diff.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import { printable } from "../../src/suite/printable.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { colorOption } from "../terminal/color-option.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { type Paint, paintFor } from "../terminal/paint.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { wrap } from "../terminal/wrap.ts";
import { readConfig } from "./read-config.ts";

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

function block(group: string, found: readonly PromiseChange[], paint: Paint, columns: number): string {
  const style = group === "weaker" ? paint.red : group === "stronger" ? paint.green : paint.yellow;
  return [paint.bold(style(`${group} (${found.length})`)), ...found.map((each) => entry(each, paint, columns))].join(
    "\n",
  );
}

function entry({ rule, subject, before, after }: PromiseChange, paint: Paint, columns: number): string {
  const name = printable(`${rule}[${subject}]`);
  const line = `  ${name}  ${shown(before)} -> ${shown(after)}`;
  if (displayWidth(line) <= columns) return `  ${name}  ${paint.dim(shown(before))} -> ${shown(after)}`;
  // Of long lists only what changed is worth reading.
  const gone = isArray(before) && isArray(after) ? without(before, after) : [];
  const added = isArray(before) && isArray(after) ? without(after, before) : [];
  if (gone.length + added.length === 0)
    return `  ${name}\n    old  ${paint.dim(shown(before))}\n    new  ${shown(after)}`;
  return [`  ${name}`, ...items("gone ", gone, columns), ...items("added", added, columns)].join("\n");
}

function without(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  return list.filter((item) => !other.some((each) => equalJson(item, each)));
}

function items(label: string, list: readonly Json[], columns: number): readonly string[] {
  if (list.length === 0) return [];
  return [wrap(list.map(shown).join(" "), columns, `    ${label}  `, "           ")];
}

function shown(value: Json): string {
  return printable(printCompact(value));
}

function documentOf({ rule, subject, before, after }: PromiseChange): Json {
  return { rule, subject, before, after };
}
