/** The reporter `github`: annotations of a GitHub workflow run. */
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { printable } from "../../src/suite/printable.ts";
import { atEnd } from "./at-end.ts";
import { detailsOf } from "./details.ts";
import { countLine, digest, meaning } from "./digest.ts";
import type { MakeReporter, ReportStyle } from "./reporter.ts";

/** Writes {@link githubText} at the end. */
export const github: MakeReporter = atEnd(githubText);

/** GitHub shows ten annotations of a kind for each step; the rest is told in one. */
const most = 9;

/** An error for each failure, a notice with the counts. Nothing that a case or a program says can be a command. */
export function githubText(events: readonly Event[], style: ReportStyle): string {
  const { red, stale, deviating, end } = digest(events);
  const errors = [
    ...red.map((check) => command("error", printable(check.id), ofCheck(check, style))),
    ...stale.map(({ file, entry, check }) =>
      command("error", printable(`${file}, entry ${entry}`), [
        `stale: what ${printable(check)} expects to fail has passed; delete the entry`,
      ]),
    ),
  ];
  const rest = errors.length - most;
  const told =
    rest <= 1
      ? errors
      : [...errors.slice(0, most), command("error", "cupel", [`and ${rest} more; the log tells them`])];
  const last =
    end === undefined
      ? command("error", "cupel", ["the run was cut off"])
      : command("notice", "cupel", [countLine(end, deviating.length), `exit ${end.exit}: ${meaning(end)}`]);
  return `${[...told, last].join("\n")}\n`;
}

function ofCheck(check: CheckEvent, style: ReportStyle): readonly string[] {
  return detailsOf(check, style).flatMap(({ label, lines }) => lines.map((line) => `${label}: ${line}`));
}

/** A workflow command: in its data `%` and line ends are escaped, in its properties colons and commas as well. */
function command(name: "error" | "notice", title: string, lines: readonly string[]): string {
  const property = escaped(title).replaceAll(":", "%3A").replaceAll(",", "%2C");
  return `::${name} title=${property}::${lines.map(escaped).join("%0A")}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
