/** What a reporter is: events in, text out. */
import type { Event } from "../../src/suite/event.ts";

/** Takes the events of one run in order; `end` comes after the last one. */
export interface Reporter {
  event(event: Event): void;
  end(): void;
}

/** What was said of an execution, to be said again. */
export interface AgainRun {
  /** Arguments, empty or with a leading space. */
  readonly options: string;
  /** Paths of runtimes that a user gave, by name. */
  readonly paths: ReadonlyMap<string, string>;
}

/** What a reporter may know beside the events. */
export interface ReportStyle {
  readonly color: boolean;
  /** Width of the output in characters. */
  readonly columns: number;
  /** Only what went wrong. */
  readonly quiet: boolean;
  /** Every reason of skips and known failures, and every failure in full. */
  readonly verbose?: boolean;
  /** Arguments that every line which reproduces something needs as well, e.g. ` --cases DIR`; empty or with a leading space. */
  readonly again: string;
  /** What a line that executes something needs beside {@link ReportStyle.again}. */
  readonly againRun?: AgainRun;
  /** The title of a case, where it is known. */
  titleOf?(caseId: string): string | undefined;
  /** Milliseconds since the run began; undefined when a recorded report is shown. */
  elapsed?(): number;
}

/** Makes a reporter that gives its text to `write`. */
export type MakeReporter = (write: (text: string) => void, style: ReportStyle) => Reporter;
