/** The work of `cupel report`. */
import { mergeEvents } from "../../src/suite/merge-events.ts";
import { readEvents } from "../../src/suite/read-events.ts";
import type { Context } from "../arguments/command.ts";
import { dataRoot } from "../load/data-root.ts";
import { loadCases } from "../load/load-cases.ts";
import { readText } from "../load/read-document.ts";
import { largestReport } from "../load/read-file.ts";
import { openReports } from "./open-reports.ts";

/** Shows the reports in `files`, several of them as one run; gives the exit code of that run. Throws CupelError for a report that cannot be believed, and for shards that do not belong together. */
export async function showReports(context: Context, files: readonly string[]): Promise<number> {
  const saved = [];
  for (const file of files) {
    const shown = file === "-" ? "standard input" : file;
    saved.push({ file: shown, events: readEvents(await readText(file, context, largestReport), shown) });
  }
  const [only] = saved;
  const events = only !== undefined && saved.length === 1 ? only.events : mergeEvents(saved);
  const cases = loadCases(dataRoot(context.flags.value("cases"), context.cwd));
  const titles = new Map(cases.map(({ fullId, title }) => [fullId, title]));
  const reports = await openReports(context, (id) => titles.get(id), true);
  try {
    for (const event of events) reports.event(event);
    reports.end();
  } finally {
    reports.abort();
  }
  const end = events.at(-1);
  return end?.type === "end" ? end.exit : 3;
}
