/** Explains a case. */
import { printCompact, printJson } from "../../src/json/print.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import type { Policy } from "../../src/policy/read-policy.ts";
import { promisesOf } from "../../src/policy/rules.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { scheduleCase } from "../../src/suite/check-case.ts";
import { printable } from "../../src/suite/printable.ts";
import { yieldsConfig } from "../../src/suite/yields-config.ts";
import { mainOperation } from "../../src/systems/main-operation.ts";
import { findSystem } from "../../src/systems/registry.ts";
import { groupBy } from "../group-by.ts";
import { goldenPath } from "../load/load-goldens.ts";
import { parseNamed } from "../load/read-document.ts";
import { shellQuote } from "../report/shell-quote.ts";
import { wrap } from "../terminal/wrap.ts";
import { document, type PageStyle, part, table, text } from "./page.ts";
import { asConfig, isConfig } from "./read-config.ts";

/** The page of a case: why, where from, request, expectation, promises, checks, and how to repeat it by hand. */
export function explainCase(
  each: PlacedCase,
  golden: string | undefined,
  policies: readonly Policy[],
  style: PageStyle,
): string {
  const expected = expectedOf(each, golden);
  const parts = [
    `${style.paint.bold(printable(each.fullId))}\n${wrap(printable(each.title), style.columns, "", "")}`,
    part(
      "Why",
      [...text(each.areaWhy, style), ...(each.why === undefined ? [] : ["", ...text(each.why, style)])],
      style,
    ),
    part("About", table(facts(each), style), style),
    part(`Request (operation ${printable(each.operation)})`, document(each.request), style),
  ];
  if (each.options !== undefined) parts.push(part("Options", document(each.options), style));
  if (each.given !== undefined) parts.push(part("Files that are there before", document(each.given.map(plain)), style));
  parts.push(expectation(each, expected, style));
  if (each.leaves !== undefined) parts.push(part("Files that are left", document(each.leaves.map(plain)), style));
  if (yieldsConfig(each) && expected !== undefined) parts.push(promises(expected, style));
  parts.push(part("Checks", scheduleCase(each, policies).map(printable), style));
  if (each.run !== undefined) parts.push(part("Executed as", document(plain(each.run)), style));
  // Not indented: the end of a here-document stands at the start of its line.
  parts.push([style.paint.bold("By hand"), ...byHand(each, expected, style)].join("\n"));
  return `${parts.join("\n\n")}\n`;
}

/** The value that is expected; undefined for a rejection, or when the golden is missing. */
function expectedOf({ expect, fullId }: PlacedCase, golden: string | undefined): Json | undefined {
  if (expect === "golden") return golden === undefined ? undefined : parseNamed(golden, goldenPath(fullId));
  return "value" in expect ? expect.value : undefined;
}

function facts(each: PlacedCase): readonly (readonly [string, string])[] {
  const { recorded } = each;
  const all: readonly (readonly [string, string | undefined])[] = [
    ["table", `cases/${each.system}/${each.area}.json`],
    ["recorded from", recorded.commit === undefined ? recorded.from : `${recorded.from}, commit ${recorded.commit}`],
    ["revisions", each.revisions?.join(", ")],
    ["references", each.refs?.join(", ")],
    ["tags", each.tags?.join(", ")],
    ["needs", each.needs?.join(", ")],
    ["lists in any order", each.normalised?.join(", ")],
    ["known to be invalid", each.invalid?.join(", ")],
    ["holds", each.holds?.join(", ")],
    ["lacks", each.lacks?.join(", ")],
    ["raised upstream as", each.class],
    ["deviates", each.deviates?.why],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function expectation({ expect, fullId }: PlacedCase, expected: Json | undefined, style: PageStyle): string {
  if (expect === "golden") {
    const missing = `${goldenPath(fullId)} is missing`;
    return part(`Expects ${goldenPath(fullId)}`, expected === undefined ? [missing] : document(expected), style);
  }
  if ("value" in expect) return part("Expects the value", document(expect.value), style);
  if ("rejects" in expect)
    return part("Expects to be refused, in these words", expect.rejects.split("\n").map(printable), style);
  return part("Expects to be refused, in words that start so", expect.rejectsPrefix.split("\n").map(printable), style);
}

function promises(config: Json, style: PageStyle): string {
  if (!isConfig(config)) return part("Promises", ["none: what is expected has not the shape of a config"], style);
  const byRule = groupBy(promisesOf(asConfig(config)), ({ rule }) => rule);
  const lines = [...byRule].flatMap(([rule, promised]) => [
    style.paint.cyan(printable(rule)),
    ...table(
      promised.map(({ subject, value }) => [`  ${subject}`, printCompact(value)]),
      style,
    ),
  ]);
  return part("Promises", lines, style);
}

/** Commands that can be pasted into a shell. */
function byHand(each: PlacedCase, expected: Json | undefined, style: PageStyle): readonly string[] {
  const cases = style.again === undefined ? "" : ` --cases ${shellQuote(style.again)}`;
  const run = each.run === undefined ? [] : ["", `cupel run ${each.fullId} --runtime runc${cases}`];
  const generate = needsPlace(each) ? [] : ["", ...generating(each, expected, style)];
  return [`cupel check ${each.fullId}${cases}`, ...generate, ...run].map(printable);
}

/** Files that only cupel check makes, in a place that only it knows. */
function needsPlace({ given, request, options }: PlacedCase): boolean {
  return given !== undefined || /\{\{[a-z]+\}\}/.test(printCompact([request, options ?? {}]));
}

function generating(each: PlacedCase, expected: Json | undefined, { tableAt }: PageStyle): readonly string[] {
  const options = each.options === undefined ? "" : ` --options ${shellQuote(printCompact(each.options))}`;
  const isMain = each.operation === mainOperation(findSystem(each.system));
  const operation = isMain ? "" : ` --operation ${shellQuote(each.operation)}`;
  const generate = `cupel generate ${each.system} -${operation}${options}`;
  const request = printJson(each.request).trimEnd().split("\n");
  const compares = each.expect === "golden" && expected !== undefined;
  const golden = shellQuote(tableAt + goldenPath(each.fullId));
  return [`${generate}${compares ? ` <<'REQUEST' | diff ${golden} -` : " <<'REQUEST'"}`, ...request, "REQUEST"];
}

/** Plain data of a case as JSON. */
function plain(data: object): JsonObject {
  return Object.fromEntries(Object.entries(data));
}
