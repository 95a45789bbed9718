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
import { hasAll } from "../json/has-all.ts";
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
  /** Only checks that promise this: of an object these members, else the whole value. */
  readonly promised?: Json;
  /** Only failures that show this, in the same way. */
  readonly seen?: Json;
}

/** One file of known failures. */
export interface Baseline {
  /** As messages name it. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
  /** Set when it was written for another table than the one that is judged. */
  readonly foreign?: boolean;
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
      promised: v.exactOptional(anyJson),
      seen: v.exactOptional(anyJson),
    }),
  ),
});

true satisfies Same<BaselineFile, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

/** The known failures in `text`. Throws {@link FormatError}, also for what says nothing, and a condition that says half a thing. */
export function readBaseline(text: string, file: string): Baseline {
  const { entries } = readDocument(schema, text, file);
  for (const [index, entry] of entries.entries()) {
    const { when } = entry;
    for (const key of ["check", "reason"] as const) {
      if (entry[key].trim() !== "") continue;
      const cure = key === "check" ? "name a check, or a glob over ids" : "say why this fails";
      throw new FormatError(
        "format-baseline-empty",
        file,
        locate(text, ["entries", index, key]),
        `an empty ${key}`,
        cure,
      );
    }
    const fault = when === undefined ? undefined : faultOf(when);
    if (fault === undefined) continue;
    const place = locate(text, ["entries", index, "when"]);
    throw new FormatError("format-baseline-condition", file, place, fault.problem, fault.cure);
  }
  return { file, entries };
}

/** The entries in force on one machine, made ready to be asked about thousands of checks. */
export interface BaselineInForce {
  /** `check`, with `known` set when it is a failure or an error that an entry expects (the first one that does). */
  mark(check: CheckEvent): CheckEvent;
  /**
   * The entries that are stale: checks of theirs ran, and all passed. What was skipped did not run. When `checks` are only
   * a part of a table, or another table than the baseline speaks of, an entry that means several cases (a wildcard before
   * the `#`) is left alone: the case that needs it may just not be there.
   */
  stale(checks: readonly CheckEvent[], isWhole: boolean): readonly StaleEvent[];
}

/** The entries of `baselines` that are in force in `environment`. */
export function baselineInForce(baselines: readonly Baseline[], environment: BaselineEnvironment): BaselineInForce {
  const ready = baselines.flatMap(({ file, entries, foreign = false }) =>
    entries.flatMap((entry, index) => {
      if (!isInForce(entry, environment)) return [];
      const matches = globMatcher(entry.check);
      const means = ({ id, promised }: CheckEvent): boolean =>
        isOfRuntime(id, entry.when?.runtime) && matches(id) && fits(promised, entry.promised);
      return [{ file, index, entry, means, foreign }];
    }),
  );
  return {
    mark: (check) => {
      if (check.verdict !== "fail" && check.verdict !== "error") return check;
      const hit = ready.find(({ means, entry }) => means(check) && fits(check.seen, entry.seen));
      return hit === undefined ? check : { ...check, known: { kind: hit.entry.kind, reason: hit.entry.reason } };
    },
    stale: (checks, isWhole) => {
      const ran = checks.filter((check) => check.verdict !== "skip");
      return ready.flatMap(({ file, index, entry, means, foreign }): readonly StaleEvent[] => {
        if ((!isWhole || foreign) && /[*?]/.test(entry.check.split("#", 1)[0] ?? "")) return [];
        const hits = ran.filter(means);
        if (hits.length === 0 || hits.some(({ verdict }) => verdict !== "pass")) return [];
        return [{ type: "stale", file, entry: index, check: entry.check }];
      });
    },
  };
}

function faultOf(when: BaselineCondition): { readonly problem: string; readonly cure: string } | undefined {
  if (when.version !== undefined && when.runtime === undefined) {
    return { problem: "a version without the runtime that it belongs to", cure: 'add "runtime"' };
  }
  return Object.keys(when).length > 0 ? undefined : { problem: "an empty condition", cure: 'leave "when" out' };
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

function fits(value: Json | undefined, wanted: Json | undefined): boolean {
  return wanted === undefined || (value !== undefined && hasAll(value, wanted));
}

/** Ids of checks of an execution end in `@RUNTIME+CALLER`. */
function isOfRuntime(id: string, runtime: string | undefined): boolean {
  if (runtime === undefined) return true;
  const caller = id.lastIndexOf("+");
  return id.slice(0, Math.max(caller, 0)).endsWith(`@${runtime}`);
}
