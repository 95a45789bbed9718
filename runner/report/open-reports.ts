/** Opens what --reporter, --quiet and the terminal ask for, as one reporter. */
import { resolve } from "node:path";
import { CupelError } from "../../src/errors.ts";
import type { EndEvent, Event } from "../../src/suite/event.ts";
import { printable } from "../../src/suite/printable.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { colorOption } from "../terminal/color-option.ts";
import { isLive } from "../terminal/is-live.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { againOf } from "./again.ts";
import { liveStatus } from "./live-status.ts";
import { pretty } from "./pretty/pretty.ts";
import type { ReportFile } from "./report-file.ts";
import type { MakeReporter, Reporter, ReportStyle } from "./reporter.ts";
import { type ReporterRequest, reporterRequests } from "./reporter-requests.ts";
import { reporters } from "./reporters.ts";

/** All reports of one run. */
export interface Reports extends Reporter {
  event(event: Event): void;
  /** Prints what is left and puts files in their places. */
  end(): void;
  /** A line for people, at once; it goes where the human report goes. Nothing when quiet and all is well. */
  note(text: string): void;
  /** The run broke off: no file is written. Does nothing after {@link Reports.end}. */
  abort(): void;
}

/**
 * `titleOf` gives the titles of cases; `isRecorded`: the events are those of an earlier run. People always get a report: on standard output, or on standard error when a reporter for machines has the output.
 * Throws CupelError for a wrong --reporter or a file that cannot be written, before anything is judged.
 */
export async function openReports(
  context: Context,
  titleOf: (caseId: string) => string | undefined,
  isRecorded = false,
): Promise<Reports> {
  const { flags, stdout, stderr, env, now } = context;
  const requests = await Promise.all(reporterRequests(flags.list("reporter")).map(loaded));
  const human = requests.some(({ name, file }) => file === undefined && name !== "pretty") ? stderr : stdout;
  const began = now();
  const quiet = flags.has("quiet");
  const style = {
    ...againOf(flags),
    quiet,
    verbose: flags.has("verbose"),
    titleOf,
    // How long a recorded run took, nobody knows any more.
    ...(isRecorded ? {} : { elapsed: () => now() - began }),
  };
  const plain: ReportStyle = { ...style, color: false, columns: 100 };

  // First, so that its line is gone when the others print.
  const live = !isRecorded && !quiet && isLive(human, env) ? liveStatus(human, now) : undefined;
  const people: readonly Reporter[] = [
    ...(live === undefined ? [] : [live]),
    pretty((text) => human.write(text), {
      ...style,
      color: wantsColor(human, env, colorOption(flags)),
      columns: human.columns,
    }),
  ];
  const machines: Reporter[] = [];
  const files = await openAll(requests, context);
  for (const { name, file, make } of requests) {
    if (make === undefined || (name === "pretty" && file === undefined)) continue;
    const target = file === undefined ? stdout : files.get(file);
    if (target !== undefined) machines.push(make((text) => target.write(text), plain));
  }

  let open = true;
  let last: EndEvent | undefined;
  return {
    event: (event) => {
      for (const reporter of machines) reporter.event(event);
      if (event.type === "end") last = event;
      else for (const reporter of people) reporter.event(event);
    },
    note: (text) => {
      if (quiet && last?.exit === 0) return;
      live?.clear();
      human.write(`${printable(text)}\n`);
    },
    end: () => {
      // People are told last, so that they hear of a report that could not be written.
      const failure = attempt(() => {
        for (const reporter of machines) reporter.end();
        for (const file of files.values()) file.commit();
      });
      for (const reporter of people) {
        if (last !== undefined) reporter.event(failure === undefined ? last : { ...last, exit: exitOf(failure.error) });
        reporter.end();
      }
      open = false;
      if (failure !== undefined) throw failure.error;
    },
    abort: () => {
      if (!open) return;
      open = false;
      live?.end();
    },
  };
}

async function loaded(
  request: ReporterRequest,
): Promise<ReporterRequest & { readonly make: MakeReporter | undefined }> {
  return { ...request, make: await reporters.get(request.name)?.() };
}

function attempt(work: () => void): { readonly error: unknown } | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return { error };
  }
}

function exitOf(error: unknown): number {
  return error instanceof CupelError ? error.exit : 3;
}

/** Files by the name that was given. */
async function openAll(
  requests: readonly ReporterRequest[],
  { cwd }: Context,
): Promise<ReadonlyMap<string, ReportFile>> {
  const files = new Map<string, ReportFile>();
  const wanted = requests.flatMap(({ file }) => (file === undefined ? [] : [file]));
  if (wanted.length === 0) return files;
  const { openReportFile } = await import("./report-file.ts");
  const names = new Map<string, string>();
  for (const file of wanted) {
    const path = resolve(cwd, file);
    const other = names.get(path);
    if (other !== undefined) throw usageError(`two reporters write to one file: ${other} and ${file} are the same`);
    names.set(path, file);
    files.set(file, openReportFile(path, file));
  }
  return files;
}
