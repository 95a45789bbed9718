/** The reporter `junit`: the XML that CI systems read, one suite for each area, one test case for each check. */
import type { CheckEvent, Event, StaleEvent } from "../../src/suite/event.ts";
import { groupBy } from "../group-by.ts";
import { atEnd } from "./at-end.ts";
import { checkParts } from "./check-id.ts";
import { detailsOf } from "./details.ts";
import { columnOf, digest, knownReason } from "./digest.ts";
import { markup } from "./markup.ts";
import type { MakeReporter, ReportStyle } from "./reporter.ts";

/** Writes {@link junitText} at the end. */
export const junit: MakeReporter = atEnd(junitText);

/** The document. A known failure is a skipped test case; a stale entry of a baseline is a failed one. */
export function junitText(events: readonly Event[], style: ReportStyle): string {
  const { checks, stale } = digest(events);
  const suites = [...groupBy(checks, ({ id }) => areaOf(id))].map(([area, members]) =>
    suite(
      area,
      members.map((check) => testCase(check, style)),
      countsOf(members),
    ),
  );
  if (stale.length > 0) {
    suites.push(
      suite("baselines", stale.map(staleCase), { tests: stale.length, failures: stale.length, errors: 0, skipped: 0 }),
    );
  }
  const { tests, failures, errors, skipped } = countsOf(checks);
  const total = { tests: tests + stale.length, failures: failures + stale.length, errors, skipped };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cupel"${attributes(total)}>`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

interface Counted {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countsOf(checks: readonly CheckEvent[]): Counted {
  const count = (...which: readonly string[]): number => checks.filter((each) => which.includes(columnOf(each))).length;
  return {
    tests: checks.length,
    failures: count("fail"),
    errors: count("error"),
    skipped: count("skip", "deviates", "known"),
  };
}

function suite(name: string, cases: readonly string[], counts: Counted): string {
  return [`  <testsuite name="${markup(name)}"${attributes(counts)}>`, ...cases, "  </testsuite>"].join("\n");
}

function attributes({ tests, failures, errors, skipped }: Counted): string {
  return ` tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
}

function testCase(check: CheckEvent, style: ReportStyle): string {
  const { case: owner } = checkParts(check.id);
  const name = check.id.slice(owner.length + 1);
  const open = `    <testcase classname="${markup(owner)}" name="${markup(name)}"`;
  const column = columnOf(check);
  if (column === "pass") return `${open}/>`;
  if (column === "skip" || column === "deviates")
    return `${open}>\n      <skipped message="${markup(check.reason ?? "")}"/>\n    </testcase>`;
  if (column === "known")
    return `${open}>\n      <skipped message="${markup(`known: ${knownReason(check)}`)}"/>\n    </testcase>`;
  const element = column === "fail" ? "failure" : "error";
  const [message = ""] = (check.reason ?? check.code ?? check.verdict).split("\n");
  const text = detailsOf(check, style).flatMap(({ label, lines }) => lines.map((line) => `${label}: ${markup(line)}`));
  return [
    `${open}>`,
    `      <${element} message="${markup(message)}" type="${markup(check.code ?? check.verdict)}">${text.join("\n")}</${element}>`,
    "    </testcase>",
  ].join("\n");
}

function staleCase({ file, entry, check }: StaleEvent): string {
  const message = "what this entry expects to fail has passed; delete it";
  return [
    `    <testcase classname="${markup(file)}" name="${markup(`entry ${entry} (${check})`)}">`,
    `      <failure message="${message}" type="stale"/>`,
    "    </testcase>",
  ].join("\n");
}

function areaOf(id: string): string {
  const { case: owner } = checkParts(id);
  return owner.slice(0, Math.max(0, owner.lastIndexOf("/"))) || owner;
}
