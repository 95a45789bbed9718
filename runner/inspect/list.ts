/** The work of `cupel list`. */
import { CupelError } from "../../src/errors.ts";
import { printJson } from "../../src/json/print.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import { rules } from "../../src/policy/rules.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { printable } from "../../src/suite/printable.ts";
import type { Context } from "../arguments/command.ts";
import { nearest } from "../arguments/nearest.ts";
import { expectOperands } from "../arguments/operands.ts";
import { usageError } from "../arguments/usage-error.ts";
import { loadSelection, type Selection } from "../judge/selection.ts";
import { dataRoot } from "../load/data-root.ts";
import { goldenPath } from "../load/load-goldens.ts";
import { loadMutants } from "../load/load-mutants.ts";
import { loadPolicies } from "../load/load-policies.ts";
import { parseNamed } from "../load/read-document.ts";
import { colorOption } from "../terminal/color-option.ts";
import { displayWidth, padEnd } from "../terminal/display-width.ts";
import { paintFor } from "../terminal/paint.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { wrap } from "../terminal/wrap.ts";

/** One line of a list, and all that is known of it. */
interface Entry {
  readonly id: string;
  readonly title: string;
  readonly document: () => JsonObject;
}

/** Lists what the first operand names: `rules`, `policies`, `mutants`, or cases by patterns. */
export function list(context: Context): number {
  const { stdout, flags } = context;
  const entries = entriesOf(context);
  if (flags.has("json")) stdout.write(printJson(entries.map((entry) => entry.document())));
  else if (flags.has("quiet")) stdout.write(entries.map(({ id }) => `${printable(id)}\n`).join(""));
  else stdout.write(textOf(entries, context));
  return 0;
}

function entriesOf(context: Context): readonly Entry[] {
  const [kind = ""] = context.operands;
  const list = Object.hasOwn(lists, kind) ? lists[kind] : undefined;
  if (list === undefined) return casesOrKind(context, kind);
  expectOperands(context.operands, "list", kind, 1, 1);
  if (context.flags.has("tag"))
    throw usageError(`${kind} have no tags`, "leave out --tag, or write: cupel list --tag TAG");
  return list(context);
}

const lists: { readonly [kind: string]: (context: Context) => readonly Entry[] } = {
  rules: () =>
    rules.map(({ id, title, why, level, refs, kind }) => {
      return { id, title, document: () => ({ id, title, why, level, refs, kind }) };
    }),
  policies: ({ flags, cwd }) =>
    loadPolicies(dataRoot(flags.value("cases"), cwd)).map((policy) => {
      return { id: policy.name, title: policy.why, document: () => members(policy) };
    }),
  mutants: ({ flags, cwd }) =>
    loadMutants(dataRoot(flags.value("cases"), cwd)).map((mutant) => {
      const title = `weakens ${mutant.rule}: ${mutant.weakens}`;
      return { id: mutant.id, title, document: () => members(mutant) };
    }),
};

/** Cases by patterns; a pattern that selects none may have been meant as a kind. */
function casesOrKind(context: Context, word: string): readonly Entry[] {
  try {
    return casesOf(context);
  } catch (error) {
    const meant = nearest(word, Object.keys(lists));
    if (meant === undefined || !(error instanceof CupelError && error.code === "no-match")) throw error;
    throw new CupelError(error.code, error.message, { exit: error.exit, hint: `did you mean cupel list ${meant}?` });
  }
}

function casesOf(context: Context): readonly Entry[] {
  const selection = loadSelection(context, context.operands);
  return selection.cases.map((each) => {
    return { id: each.fullId, title: each.title, document: () => caseDocument(each, selection) };
  });
}

/** The case as its table has it, with full id and system, and with the golden's document where it expects one. */
function caseDocument(each: PlacedCase, { goldens, root }: Selection): JsonObject {
  const { fullId, ...rest } = each;
  const golden = each.expect === "golden" ? goldens.of(fullId) : undefined;
  const document = { ...members(rest), id: fullId, options: each.options ?? {} };
  return golden === undefined
    ? document
    : { ...document, golden: parseNamed(golden, root.prefix + goldenPath(fullId)) };
}

/** Plain data as a JSON object. */
function members(data: object): JsonObject {
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function textOf(entries: readonly Entry[], { stdout, env, flags }: Context): string {
  const paint = paintFor(wantsColor(stdout, env, colorOption(flags)));
  const ids = entries.map(({ id }) => printable(id));
  const width = Math.max(0, ...ids.map(displayWidth));
  // What reads a pipe wants one line each; on a narrow terminal the title goes below its id.
  const columns = stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY;
  const below = width + 30 > columns;
  const lines = entries.map(({ title }, index) => {
    const id = ids[index] ?? "";
    const text = printable(title);
    if (below) return `${paint.cyan(id)}\n${wrap(text, columns, "    ", "    ")}`;
    return wrap(text, columns, `${paint.cyan(padEnd(id, width))}  `, " ".repeat(width + 2));
  });
  return lines.map((line) => `${line}\n`).join("");
}
