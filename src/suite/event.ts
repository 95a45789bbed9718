/** The events of a run: what every reporter and every saved report is made of. ndjson, one event a line. */
import type { Json } from "../json/value.ts";
import type { Implementation } from "./introduction.ts";

/** How a check ended. */
export type Verdict = "pass" | "fail" | "error" | "skip";

/** `fail` and `error` checks that a baseline knows are counted as `known`. */
export interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly skip: number;
  readonly known: number;
  readonly stale: number;
}

/** First event of every report. */
export interface StartEvent {
  readonly type: "start";
  readonly format: 1;
  readonly cupel: string;
  readonly command: string;
  /** SHA-256 (hex) over the selected table. */
  readonly table: string;
  readonly runtimes: readonly { readonly name: string; readonly path: string; readonly version: string }[];
  readonly host: { readonly [fact: string]: Json };
  readonly shard: string | null;
  /** Whose documents were judged, when they were not our own. */
  readonly implementation?: Implementation;
}

/** Every check id of the run, known before anything runs. */
export interface ScheduleEvent {
  readonly type: "schedule";
  readonly checks: readonly string[];
}

/** One cell was executed. */
export interface CellEvent {
  readonly type: "cell";
  /** `CASE@RUNTIME+CALLER`. */
  readonly id: string;
  readonly argv: readonly string[];
  readonly adaptations: readonly string[];
  readonly exit: number | null;
  /** Wall time of the runtime's command, milliseconds. */
  readonly ms: number;
}

/** One judged statement. */
export interface CheckEvent {
  readonly type: "check";
  readonly id: string;
  readonly verdict: Verdict;
  readonly promised?: Json;
  readonly seen?: Json;
  /** JSON pointer into the config or document. */
  readonly at?: string;
  readonly refs?: readonly string[];
  readonly reason?: string;
  readonly code?: string;
  /** What an implementation under test wrote to standard error meanwhile. */
  readonly stderr?: string;
  /** Set when a baseline entry expects this failure: its kind and reason. */
  readonly known?: { readonly kind: string; readonly reason: string };
}

/** A baseline entry that no longer applies. */
export interface StaleEvent {
  readonly type: "stale";
  readonly file: string;
  /** Position of the entry in its file, from 0. */
  readonly entry: number;
  readonly check: string;
}

/** Last event; a report without it is refused. */
export interface EndEvent {
  readonly type: "end";
  readonly counts: Counts;
  readonly exit: number;
}

/** Any event. */
export type Event = StartEvent | ScheduleEvent | CellEvent | CheckEvent | StaleEvent | EndEvent;
