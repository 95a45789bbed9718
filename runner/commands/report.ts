/** `cupel report`: recorded events in any format. */
import type { Command } from "../arguments/command.ts";
import { casesOption, reportOptions } from "../arguments/common-options.ts";
import { expectOperands } from "../arguments/operands.ts";

/** Shows a saved report, or puts those of shards together. */
export const command: Command = {
  name: "report",
  summary: "show saved reports (ndjson) in any format, and put those of shards together",
  usage: ["report FILE [--reporter NAME[=FILE]]", "report SHARD1 SHARD2 ... [--reporter NAME[=FILE]]"],
  details:
    "FILE comes from --reporter ndjson=FILE; - is standard input. Several files must be all the shards of one run. Exits as the run did, or as it would have done without shards.",
  options: { ...reportOptions, ...casesOption },
  run: async (context) => {
    const files = expectOperands(context.operands, "report", "FILE...", 1, Number.POSITIVE_INFINITY);
    const { showReports } = await import("../report/show-reports.ts");
    return await showReports(context, files);
  },
};
