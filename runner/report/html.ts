/** The reporter `html`: one page that needs nothing else, neither script nor network. */
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { groupBy } from "../group-by.ts";
import { atEnd } from "./at-end.ts";
import { checkParts } from "./check-id.ts";
import { detailsOf } from "./details.ts";
import {
  columnOf,
  columns,
  countLine,
  deviationReason,
  digest,
  knownReason,
  meaning,
  reasons,
  rowsOf,
} from "./digest.ts";
import { markup } from "./markup.ts";
import type { MakeReporter, ReportStyle } from "./reporter.ts";

/** Writes {@link htmlText} at the end. */
export const html: MakeReporter = atEnd(htmlText);

const css = `:root { color-scheme: light dark; --red: #b00020; --green: #14722f; --amber: #8a5a00; --line: #8885; }
@media (prefers-color-scheme: dark) { :root { --red: #ff8a80; --green: #81c784; --amber: #ffcc80; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; } th, td { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
code, pre, dd { font: 14px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0 1.5rem; } dd { margin: 0; white-space: pre-wrap; }
summary { cursor: pointer; } .pass { color: var(--green); } .fail, .stale { color: var(--red); } .error, .known { color: var(--amber); }`;

/** The page: outcome, counts, failures, why the rest was not judged, and every check by its case. */
export function htmlText(events: readonly Event[], style: ReportStyle): string {
  const { start, end, checks, red, known, deviating, skipped, stale } = digest(events);
  const outcome =
    end === undefined
      ? "The run was cut off."
      : `${countLine(end, deviating.length)}; exit ${end.exit}: ${meaning(end)}`;
  const body = [
    "<h1>cupel</h1>",
    `<p class="${end?.exit === 0 ? "pass" : "fail"}">${markup(outcome)}</p>`,
    ...facts(start),
    table(checks),
    ...section("Failures", red.map((check) => failure(check, style)).join("\n")),
    ...section(
      "Stale baseline entries",
      items(stale.map(({ file, entry, check }) => `${file}, entry ${entry}: ${check} has passed; delete it`)),
    ),
    ...section("Known failures", items(counted(known, knownReason))),
    ...section("Deviations from upstream, on purpose", items(counted(deviating, deviationReason))),
    ...section("Skipped", items(counted(skipped, ({ reason }) => reason ?? "without a reason"))),
    ...section("All checks", [...groupBy(checks, ({ id }) => checkParts(id).case)].map(ofCase).join("\n")),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>cupel: ${markup(outcome)}</title>
<style>
${css}
</style>
</head>
<body>
${body.join("\n")}
</body>
</html>
`;
}

function facts(start: ReturnType<typeof digest>["start"]): readonly string[] {
  if (start === undefined) return [];
  const { cupel, command, table: hash, runtimes, implementation, host, shard } = start;
  const rows: readonly (readonly [string, string])[] = [
    ["cupel", `${cupel}, ${command}`],
    ...(implementation === undefined
      ? []
      : [["implementation", `${implementation.name} ${implementation.version}`] as const]),
    ...runtimes.map(({ name, version, path }) => ["runtime", `${name} ${version} (${path})`] as const),
    ...Object.entries(host).map(([fact, value]) => [fact, String(value)] as const),
    ["table", hash],
    ...(shard === null ? [] : [["shard", shard] as const]),
  ];
  return [`<details><summary>Where it ran</summary>${definitions(rows)}</details>`];
}

function table(checks: readonly CheckEvent[]): string {
  const rows = rowsOf(checks);
  const used = columns.filter((column) => rows.some(({ counts }) => counts[column] > 0));
  const head = `<tr><th></th>${used.map((each) => `<th>${each}</th>`).join("")}</tr>`;
  const lines = rows.map(({ name, counts }) => {
    const cells = used.map((each) => `<td class="${each}">${counts[each] === 0 ? "" : counts[each]}</td>`);
    return `<tr><td>${markup(name)}</td>${cells.join("")}</tr>`;
  });
  return `<table>\n${[head, ...lines].join("\n")}\n</table>`;
}

function section(title: string, body: string): readonly string[] {
  return body === "" ? [] : [`<h2>${title}</h2>`, body];
}

function failure(check: CheckEvent, style: ReportStyle): string {
  const rows = detailsOf(check, style).map(({ label, lines }) => [label, lines.join("\n")] as const);
  return `<h3 class="${columnOf(check)}"><code>${markup(check.id)}</code></h3>\n${definitions(rows)}`;
}

/** Line ends were ours; everything within a line is foreign. */
function definitions(rows: readonly (readonly [term: string, text: string])[]): string {
  const entries = rows.map(
    ([term, text]) => `<dt>${markup(term)}</dt><dd>${text.split("\n").map(markup).join("\n")}</dd>`,
  );
  return `<dl>${entries.join("")}</dl>`;
}

function items(texts: readonly string[]): string {
  return texts.length === 0 ? "" : `<ul>\n${texts.map((text) => `<li>${markup(text)}</li>`).join("\n")}\n</ul>`;
}

function counted(checks: readonly CheckEvent[], reasonOf: (check: CheckEvent) => string): readonly string[] {
  return reasons(checks, reasonOf).map(([reason, count]) => `${count}: ${reason}`);
}

function ofCase([id, checks]: readonly [string, readonly CheckEvent[]]): string {
  const lines = checks.map((check) => {
    const column = columnOf(check);
    return `<li><span class="${column}">${column}</span> <code>${markup(check.id.slice(id.length + 1))}</code></li>`;
  });
  return `<details><summary><code>${markup(id)}</code></summary><ul>\n${lines.join("\n")}\n</ul></details>`;
}
