/** The work of `cupel compare`. */
import { printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { type Compared, type ComparedSide, compareSides } from "../../src/suite/compare.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { executingOptions, wantedExecution } from "../execute/run-options.ts";
import { colorOption } from "../terminal/color-option.ts";
import { paintFor } from "../terminal/paint.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { executedSides, savedSides } from "./gather.ts";
import { compareMarkdown } from "./markdown.ts";
import { compareText } from "./text.ts";

const usualColumns = 80;

/** Options that say how cells are executed, and those that say which failures are known. */
const executing = Object.keys(executingOptions);
const expecting = ["baseline", "no-baseline"];

/**
 * Compares and prints. Exit code 4 when no statement was judged by two sides; 1 when something differs and `--exit-code`
 * asks for that; else 0. Throws CupelError for what cannot be compared.
 */
export async function compare(context: Context): Promise<number> {
  const { flags, operands } = context;
  if (flags.has("markdown") && flags.has("json")) throw usageError("--markdown and --json are two formats", "give one");
  if (flags.has("adapter") || flags.has("ours")) {
    const other = ["report", ...executing, ...expecting].find((name) => flags.has(name));
    if (other !== undefined) {
      throw usageError(`--adapter and --${other} do not go together`, "implementations are compared without runtimes");
    }
    const { comparedImplementations } = await import("./implementations.ts");
    return await comparedImplementations(context, (compared) => show(context, compared));
  }
  if (flags.has("adapter-timeout")) {
    throw usageError("--adapter-timeout says something about --adapter, which is missing");
  }
  const reports = flags.list("report");
  if (reports.length === 0) {
    return await executedSides(context, wantedExecution(context, true), (sides) => finish(context, sides));
  }
  const other = [...executing, ...expecting, "cases", "tag"].find((name) => flags.has(name));
  if (operands.length > 0 || other !== undefined) {
    throw usageError(
      "saved reports are compared whole",
      `leave ${other === undefined ? "patterns" : `--${other}`} out`,
    );
  }
  return finish(context, await savedSides(context, reports));
}

function finish(context: Context, sides: readonly ComparedSide[]): number {
  return show(context, compareSides(sides));
}

function show({ stdout, flags, env }: Context, compared: Compared): number {
  if (flags.has("json")) stdout.write(printJson(documentOf(compared)));
  else if (flags.has("markdown")) stdout.write(compareMarkdown(compared));
  else {
    const paint = paintFor(wantsColor(stdout, env, colorOption(flags)));
    // Where nothing says how wide it may be, it fits what is usual.
    const columns = stdout.isTTY ? stdout.columns : Math.min(stdout.columns, usualColumns);
    stdout.write(compareText(compared, { paint, columns, verbose: flags.has("verbose") }));
  }
  if (compared.alike === 0 && compared.differ.length === 0) return 4;
  return compared.differ.length > 0 && flags.has("exit-code") ? 1 : 0;
}

/** The comparison as it is, every case of every group included. */
function documentOf(compared: Compared): Json {
  return JSON.parse(
    JSON.stringify(compared, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
  ) as Json;
}
