/** The reporter `markdown`: for a pull request, or the summary of a CI job. */
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { printable } from "../../src/suite/printable.ts";
import { atEnd } from "./at-end.ts";
import { detailsOf } from "./details.ts";
import { columns, countLine, deviationReason, digest, knownReason, meaning, reasons, rowsOf } from "./digest.ts";
import type { MakeReporter, ReportStyle } from "./reporter.ts";

/** Writes {@link markdownText} at the end. */
export const markdown: MakeReporter = atEnd(markdownText);

/** The outcome, the table of counts, every failure with what was promised and seen, and why the rest was not judged. */
export function markdownText(events: readonly Event[], style: ReportStyle): string {
  const { start, end, checks, red, known, deviating, skipped, stale } = digest(events);
  const outcome =
    end === undefined
      ? "**The run was cut off.**"
      : `**${countLine(end, deviating.length)}**, exit ${end.exit}: ${meaning(end)}`;
  const parts = [
    `# ${["cupel", start?.command ?? "cupel"]
      .filter((word, index) => index === 0 || word !== "cupel")
      .map(text)
      .join(" ")}`,
    outcome,
    ...ofWhom(start),
    ...table(checks),
    ...section("Failures", red.map((check) => failure(check, style)).join("\n\n")),
    ...section(
      "Stale baseline entries",
      stale
        .map(({ file, entry, check }) => `- ${text(file)}, entry ${entry}: ${code(check)} has passed; delete it`)
        .join("\n"),
    ),
    ...section("Known failures", listed(known, knownReason)),
    ...section("Deviations from upstream, on purpose", listed(deviating, deviationReason)),
    ...section(
      "Skipped",
      listed(skipped, ({ reason }) => reason ?? "without a reason"),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

function ofWhom(start: ReturnType<typeof digest>["start"]): readonly string[] {
  if (start === undefined) return [];
  const { implementation, runtimes } = start;
  const names = [
    ...(implementation === undefined ? [] : [`${implementation.name} ${implementation.version}`]),
    ...runtimes.map(({ name, version }) => `${name} ${version}`),
  ];
  return names.length === 0 ? [] : [names.map(text).join(", ")];
}

function table(checks: readonly CheckEvent[]): readonly string[] {
  const rows = rowsOf(checks);
  if (rows.length === 0) return [];
  const used = columns.filter((column) => rows.some(({ counts }) => counts[column] > 0));
  const lines = [
    `| | ${used.join(" | ")} |`,
    `|---|${used.map(() => "--:|").join("")}`,
    ...rows.map(
      ({ name, counts }) =>
        `| ${text(name).replaceAll("|", "\\|")} | ${used.map((each) => counts[each] || "").join(" | ")} |`,
    ),
  ];
  return [lines.join("\n")];
}

function section(title: string, body: string): readonly string[] {
  return body === "" ? [] : [`## ${title}`, body];
}

function failure(check: CheckEvent, style: ReportStyle): string {
  const lines = detailsOf(check, style).flatMap(({ label, lines: all }) =>
    all.map((line, index) => `${(index === 0 ? label : "").padEnd(10)}${line}`.trimEnd()),
  );
  const fence = "`".repeat(longestRun(lines.join("\n")) + 3);
  const word = check.verdict === "error" ? "error" : "failed";
  return `### ${code(check.id)} ${word}\n\n${fence}text\n${lines.join("\n")}\n${fence}`;
}

function listed(checks: readonly CheckEvent[], reasonOf: (check: CheckEvent) => string): string {
  return reasons(checks, reasonOf)
    .map(([reason, count]) => `- ${count}: ${text(reason)}`)
    .join("\n");
}

/** Words and plain punctuation: nothing that Markdown, or GitHub on top of it, makes something else of. */
const plain = /^[A-Za-z](?:[A-Za-z0-9 .,;'()/=%+-]|: )*$/;

/** Foreign text: as it is where nothing in it can be markup, a link or a name to be called, else as code. */
function text(foreign: string): string {
  return plain.test(foreign) && !/www\.|\/\//i.test(foreign) ? foreign : code(foreign);
}

/** Foreign text as code; the backquotes around it are more than any inside. */
function code(foreign: string): string {
  const shown = printable(foreign);
  const quotes = "`".repeat(longestRun(shown) + 1);
  const pad = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${quotes}${pad}${shown}${pad}${quotes}`;
}

/** The longest run of backquotes in `shown`. */
function longestRun(shown: string): number {
  return Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
}
