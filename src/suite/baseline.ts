/** Known failures, with reasons: baselines/*.json. */
import * as v from "valibot";
import { anyJson } from "../format/any-json.ts";
import { closed } from "../format/closed.ts";
import { FormatError } from "../format/format-error.ts";
import { locate } from "../format/locate.ts";
import { named } from "../format/named.ts";
import { readDocument } from "../format/read-document.ts";
import { globMatcher } from "../glob.ts";
import { equalJson } from "../json/equal.ts";
import type { Json } from "../json/value.ts";
import type { Same } from "../systems/same-type.ts";
import type { CheckEvent, StaleEvent } from "./event.ts";

const kinds = ["runtime-bug", "not-enforced", "spec-ambiguity", "environment", "upstream"] as const;

/** Where a known failure is expected. Everything that is named must hold; something must be named. */
export interface BaselineCondition {
  /** Name of the runtime of the check. */
  readonly runtime?: string;
  /** What that runtime's version starts with, e.g. `1.1.`. */
  readonly version?: string;
  /** Host facts of the run's start event, each equal to the value here. */
  readonly host?: { readonly [fact: string]: Json };
}

/** One known failure. */
export interface BaselineEntry {
  /** Glob over check ids. */
  readonly check: string;
  readonly kind: (typeof kinds)[number];
  readonly reason: string;
  readonly link?: string;
  readonly when?: BaselineCondition;
}

/** One file of known failures. */
export interface Baseline {
  /** As messages name it. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** What a run ran on, from its start event. */
export interface BaselineEnvironment {
  readonly runtimes: readonly { readonly name: string; readonly version: string }[];
  readonly host: { readonly [fact: string]: Json };
}

interface BaselineFile {
  readonly $schema?: string;
  readonly entries: readonly BaselineEntry[];
}

const schema = closed({
  $schema: v.exactOptional(v.string()),
  entries: v.array(
    closed({
      check: v.string(),
      kind: v.picklist(kinds),
      reason: v.string(),
      link: v.exactOptional(v.string()),
      when: v.exactOptional(
        closed({
          runtime: v.exactOptional(v.string()),
          version: v.exactOptional(v.string()),
          host: v.exactOptional(named(anyJson)),
        }),
      ),
    }),
  ),
});

true satisfies Same<BaselineFile, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

/** The known failures in `text`. Throws {@link FormatError}, also for a condition that says nothing or half a thing. */
export function readBaseline(text: string, file: string): Baseline {
  const { entries } = readDocument(schema, text, file);
  for (const [index, { when }] of entries.entries()) {
    const fault = when === undefined ? undefined : faultOf(when);
    if (fault === undefined) continue;
    const place = locate(text, ["entries", index, "when"]);
    throw new FormatError("format-baseline-condition", file, place, fault.problem, fault.cure);
  }
  return { file, entries };
}

/**
 * `checks` with `known` set on each failure and error that an entry in force expects (the first one that does), and the
 * entries that are stale: in force, with checks that ran, all of which passed. What was skipped did not run.
 */
export function applyBaseline(
  baselines: readonly Baseline[],
  environment: BaselineEnvironment,
  checks: readonly CheckEvent[],
): { checks: readonly CheckEvent[]; stale: readonly StaleEvent[] } {
  const ran = checks.filter((check) => check.verdict !== "skip");
  const known = new Map<CheckEvent, BaselineEntry>();
  const stale: StaleEvent[] = [];
  for (const { file, entries } of baselines) {
    for (const [index, entry] of entries.entries()) {
      if (!isInForce(entry, environment)) continue;
      const matches = globMatcher(entry.check);
      const hits = ran.filter(({ id }) => isOfRuntime(id, entry.when?.runtime) && matches(id));
      const red = hits.filter((check) => check.verdict !== "pass");
      for (const check of red) if (!known.has(check)) known.set(check, entry);
      if (hits.length > 0 && red.length === 0) stale.push({ type: "stale", file, entry: index, check: entry.check });
    }
  }
  return { checks: known.size === 0 ? checks : checks.map((check) => mark(check, known.get(check))), stale };
}

function faultOf(when: BaselineCondition): { readonly problem: string; readonly cure: string } | undefined {
  if (when.version !== undefined && when.runtime === undefined) {
    return { problem: "a version without the runtime that it belongs to", cure: 'add "runtime"' };
  }
  return Object.keys(when).length > 0 ? undefined : { problem: "an empty condition", cure: 'leave "when" out' };
}

function mark(check: CheckEvent, entry: BaselineEntry | undefined): CheckEvent {
  return entry === undefined ? check : { ...check, known: { kind: entry.kind, reason: entry.reason } };
}

function isInForce({ when }: BaselineEntry, { runtimes, host }: BaselineEnvironment): boolean {
  if (when === undefined) return true;
  const { runtime, version = "", host: facts = {} } = when;
  if (runtime !== undefined && !runtimes.some((each) => each.name === runtime && each.version.startsWith(version))) {
    return false;
  }
  return Object.entries(facts).every(([fact, value]) => {
    const seen = Object.hasOwn(host, fact) ? host[fact] : undefined;
    return seen !== undefined && equalJson(seen, value);
  });
}

/** Ids of checks of an execution end in `@RUNTIME+CALLER`. */
function isOfRuntime(id: string, runtime: string | undefined): boolean {
  if (runtime === undefined) return true;
  const caller = id.lastIndexOf("+");
  return id.slice(0, Math.max(caller, 0)).endsWith(`@${runtime}`);
}
