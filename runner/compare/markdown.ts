/** A comparison as Markdown, for a page or a pull request. */
import { rules } from "../../src/policy/rules.ts";
import type { Compared, ComparedGroup } from "../../src/suite/compare.ts";
import { printable } from "../../src/suite/printable.ts";
import { shortName, shownValue } from "./text.ts";
import { blocksOf, casesOf, detailOf, notStartedText, splitPartly, standingWords, summaryOf, total } from "./words.ts";

/** The page. */
export function compareMarkdown(compared: Compared): string {
  const { sides, differ, partly, rules: counted } = compared;
  const names = sides.map(shortName);
  const parts = [`# ${sides.map((side) => escaped(printable(side))).join(" · ")}`, "", `${summaryOf(compared)}.`];
  if (differ.length === 0) parts.push("", "No differences.");
  else {
    parts.push("", "## Violations by rule", "", row(["rule", ...names]), divider(sides.length + 1));
    for (const { rule, counts } of counted) {
      parts.push(
        row([rule, ...counts.map(({ violated, judged }) => (judged === 0 ? "-" : `${violated} of ${judged}`))]),
      );
    }
    parts.push("", "## Differences");
    for (const { rule, groups } of blocksOf(differ)) parts.push("", ...block(rule, groups, names));
  }
  if (partly.length > 0) {
    const { notStarted, others } = splitPartly(names, partly);
    parts.push("", "## Judged by some only");
    for (const each of notStarted) parts.push("", `${escaped(notStartedText(each))}.`);
    if (others.length > 0) parts.push("", row(["rule", "statements", ...names]), divider(sides.length + 2));
    for (const { rule, groups } of blocksOf(others)) {
      const said = (groups[0]?.positions ?? []).map(({ standing }) => standingWords[standing]);
      parts.push(row([rule, String(total(groups)), ...said]));
    }
  }
  return `${parts.join("\n")}\n`;
}

function block(rule: string, groups: readonly ComparedGroup[], names: readonly string[]): readonly string[] {
  const title = rules.find(({ id }) => id === rule)?.title;
  return [
    `### ${rule}`,
    ...(title === undefined ? [] : ["", `${title}.`]),
    "",
    row(["subject", "promised", ...names, "cases"]),
    divider(names.length + 3),
    ...groups.map((group) => {
      const promised = group.promised === undefined ? "" : code(shownValue(group.promised));
      const said = group.positions.map((position) => {
        const detail = detailOf(position);
        const word = standingWords[position.standing];
        return detail === undefined ? word : `**${word}**: ${code(detail)}`;
      });
      return row([code(printable(group.subject)), promised, ...said, escaped(casesOf(group))]);
    }),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function divider(count: number): string {
  return `|${" --- |".repeat(count)}`;
}

/** A code span, whatever the text holds; a bar would end the cell. */
function code(text: string): string {
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  const fence = "`".repeat(Math.max(0, ...[...short.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = short.startsWith("`") || short.endsWith("`") || short === "" ? " " : "";
  return `${fence}${pad}${short.replaceAll("|", "\\|")}${pad}${fence}`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, "\\$&");
}
