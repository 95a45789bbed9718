/** The work of `cupel diff`. */
import { printJson } from "../../src/json/print.ts";
import { diffPromises } from "../../src/policy/diff.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { colorOption } from "../terminal/color-option.ts";
import { paintFor } from "../terminal/paint.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { changesDocument, changesText, groupChanges } from "./changes.ts";
import { readConfig } from "./read-config.ts";

/** Compares the configs in two files. Exit code 1 when the second is weaker anywhere. Throws CupelError for what is no config. */
export async function diff(context: Context, before: string, after: string): Promise<number> {
  if (before === "-" && after === "-") throw usageError("standard input can be read only once");
  const { stdout, flags, env } = context;
  const old = promisesOf(await readConfig(before, context));
  const changes = groupChanges(diffPromises(old, promisesOf(await readConfig(after, context))));
  const paint = paintFor(wantsColor(stdout, env, colorOption(flags)));
  stdout.write(flags.has("json") ? printJson(changesDocument(changes)) : changesText(changes, paint, stdout.columns));
  return changes.weaker.length > 0 ? 1 : 0;
}
