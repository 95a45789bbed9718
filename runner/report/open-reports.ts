/** Opens what --reporter, --quiet and the terminal ask for, as one reporter. */
import { resolve } from "node:path";
import type { Event } from "../../src/suite/event.ts";
import { printable } from "../../src/suite/printable.ts";
import type { Context } from "../arguments/command.ts";
import { colorOption } from "../terminal/color-option.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { liveStatus } from "./live-status.ts";
import { pretty } from "./pretty/pretty.ts";
import { openReportFile, type ReportFile } from "./report-file.ts";
import type { Reporter, ReportStyle } from "./reporter.ts";
import { type ReporterRequest, reporterRequests } from "./reporter-requests.ts";
import { reporters } from "./reporters.ts";
import { shellQuote } from "./shell-quote.ts";

/** All reports of one run. */
export interface Reports extends Reporter {
  event(event: Event): void;
  /** Prints what is left and puts files in their places. */
  end(): void;
  /** A line for people, at once; it goes where the human report goes. Nothing when quiet. */
  note(text: string): void;
  /** The run broke off: takes unfinished files away. Does nothing after {@link Reports.end}. */
  abort(): void;
}

/**
 * `titleOf` gives the titles of cases. People always get a report: on standard output, or on standard error when a reporter for machines has the output.
 * Throws CupelError for a wrong --reporter or a file that cannot be written, before anything is judged.
 */
export function openReports(context: Context, titleOf: (caseId: string) => string | undefined): Reports {
  const { flags, stdout, stderr, env, now } = context;
  const requests = reporterRequests(flags.list("reporter"));
  const human = requests.some(({ name, file }) => file === undefined && name !== "pretty") ? stderr : stdout;
  const began = now();
  const quiet = flags.has("quiet");
  const cases = flags.value("cases");
  const again = cases === undefined ? "" : ` --cases ${shellQuote(cases)}`;
  const style = { quiet, again, titleOf, elapsed: () => now() - began };
  const plain: ReportStyle = { ...style, color: false, columns: 100 };

  const all: Reporter[] = [];
  const isLive = human.isTTY && !quiet && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "";
  // First, so that its line is gone when the others print.
  const live = isLive ? liveStatus(human, now) : undefined;
  if (live !== undefined) all.push(live);
  all.push(
    pretty((text) => human.write(text), {
      ...style,
      color: wantsColor(human, env, colorOption(flags)),
      columns: human.columns,
    }),
  );
  const files = openAll(requests, context);
  for (const { name, file } of requests) {
    const make = reporters.get(name);
    if (make === undefined || (name === "pretty" && file === undefined)) continue;
    const target = file === undefined ? stdout : files.get(file);
    if (target !== undefined) all.push(make((text) => target.write(text), plain));
  }

  let open = true;
  return {
    event: (event) => {
      for (const reporter of all) reporter.event(event);
    },
    note: (text) => {
      if (quiet) return;
      live?.clear();
      human.write(`${printable(text)}\n`);
    },
    end: () => {
      for (const reporter of all) reporter.end();
      for (const file of files.values()) file.commit();
      open = false;
    },
    abort: () => {
      if (!open) return;
      open = false;
      live?.end();
      for (const file of files.values()) file.abort();
    },
  };
}

/** Files by the name that was given. */
function openAll(requests: readonly ReporterRequest[], { cwd }: Context): ReadonlyMap<string, ReportFile> {
  const files = new Map<string, ReportFile>();
  try {
    for (const { file } of requests) {
      if (file !== undefined) files.set(file, openReportFile(resolve(cwd, file), file));
    }
  } catch (error) {
    for (const file of files.values()) file.abort();
    throw error;
  }
  return files;
}
