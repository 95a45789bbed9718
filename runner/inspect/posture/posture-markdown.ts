/** The posture table in Markdown. */
import {
  type Block,
  blockOf,
  intentName,
  type Line,
  markLegend,
  Notes,
  policyBlock,
  provenance,
  reasonsOf,
  type Shown,
  shows,
  wishBlock,
} from "./shown.ts";

/** Headings of the third level, a table for each family, lists for the rest. */
export function postureMarkdown(shown: Shown): string {
  const names = shown.systems.map(({ name }) => name);
  const notes = new Notes();
  const blocks = shown.sections.filter(({ name }) => shows(shown, name)).map((section) => blockOf(section, notes));
  const parts = [
    `Intent **${intentName(shown)}**: ${shown.intent.title}.${blocks.length === 0 ? "" : ` ${escaped(markLegend(shown))}`}`,
    ...(shows(shown, "wishes") ? [...blockParts(wishBlock(shown), names), reasonList(shown)] : []),
    ...(shows(shown, "policies") ? blockParts(policyBlock(shown), names) : []),
    ...blocks.flatMap((block) => blockParts(block, names)),
    ...noteParts(notes),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function reasonList({ systems }: Shown): string {
  return systems
    .flatMap((system) => [
      `- **${system.name}**: ${escaped(provenance(system))}`,
      ...reasonsOf(system).map((reason) => `  - ${escaped(reason)}`),
    ])
    .join("\n");
}

function blockParts({ title, rules, alike }: Block, names: readonly string[]): readonly string[] {
  const lines = rules.flatMap(({ rule, lines: own }) =>
    own.map((line) => ({
      ...line,
      label: line.label === "" ? rule : rule === "" ? line.label : `${rule}: ${line.label}`,
    })),
  );
  const table = lines.length === 0 ? "" : tableOf("", names, lines);
  const same = alike.length === 0 ? "" : ["Alike in all:", "", ...alike.map((text) => `- ${escaped(text)}`)].join("\n");
  return [`### ${title}`, table, same];
}

function tableOf(first: string, names: readonly string[], lines: readonly Line[]): string {
  const rows = lines.map(({ label, asked, cells }) =>
    rowOf([`${escaped(label)}${asked ? " \\*" : ""}`, ...cells.map(escaped)]),
  );
  return [rowOf([first, ...names]), `|${"---|".repeat(names.length + 1)}`, ...rows].join("\n");
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function noteParts(notes: Notes): readonly string[] {
  const entries = notes.entries();
  if (entries.length === 0) return [];
  return ["### Lists", entries.map(([letter, list]) => `- (${letter}) ${escaped(list)}`).join("\n")];
}

/** What Markdown would take for something else. */
function escaped(text: string): string {
  return text.replace(/[\\*<>|[\]]|(?<!\w)_|_(?!\w)/g, "\\$&");
}
