/** The reporter `baseline`: what failed, as a file for --baseline, to be read and completed by somebody. */
import { globMatcher } from "../../src/glob.ts";
import { printCompact, printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import type { BaselineEntry } from "../../src/suite/baseline.ts";
import type { CheckEvent, Event } from "../../src/suite/event.ts";
import { printable } from "../../src/suite/printable.ts";
import { groupBy } from "../group-by.ts";
import { atEnd } from "./at-end.ts";
import { type CheckParts, checkParts } from "./check-id.ts";
import { digest } from "./digest.ts";
import type { MakeReporter } from "./reporter.ts";

/** Writes {@link baselineText} at the end. */
export const baseline: MakeReporter = atEnd(baselineText);

/** Longer values tell a reader of a reason nothing more. */
const longest = 200;

/**
 * An entry for every failure that no baseline knows. Failures of several cases that are the same check of the same runtime
 * are one, unless a check that passed would be among them. What broke (verdict `error`) is nothing to be known of a runtime.
 */
export function baselineText(events: readonly Event[]): string {
  const { start, checks, red } = digest(events);
  const failed = red.filter(({ verdict }) => verdict === "fail");
  const passed = checks.flatMap(({ verdict, id }) => (verdict === "pass" ? [id] : []));
  const versions = new Map(start?.runtimes.map(({ name, version }) => [name, version]));
  const groups = [...groupBy(failed, ({ id }) => together(checkParts(id)) ?? id)];
  const entries = groups.flatMap(([glob, members]) => {
    const matches = globMatcher(glob);
    const isOne = members.length > 1 && !passed.some(matches);
    return isOne ? [entryOf(glob, members, versions)] : members.map((each) => entryOf(each.id, [each], versions));
  });
  return printJson({ entries: entries as unknown as Json });
}

/** What means the same check of the same runtime in all cases; undefined for what is not executed. */
function together({ layer, what, runtime }: CheckParts): string | undefined {
  return layer === "run" ? `**#run/${what}@${runtime}+*` : undefined;
}

function entryOf(glob: string, members: readonly CheckEvent[], versions: ReadonlyMap<string, string>): BaselineEntry {
  const { layer, what, runtime } = checkParts(glob);
  const version = runtime === undefined ? undefined : versions.get(runtime);
  return {
    check: glob,
    kind: layer !== "run" ? "upstream" : what.startsWith("starts[") ? "runtime-bug" : "not-enforced",
    reason: reasonOf(members),
    ...(runtime === undefined ? {} : { when: { runtime, ...(version === undefined ? {} : { version }) } }),
  };
}

function reasonOf(members: readonly CheckEvent[]): string {
  const [{ promised, seen, reason } = { promised: undefined, seen: undefined, reason: undefined }] = members;
  const said = [
    ...(promised === undefined ? [] : [`promised ${shown(promised)}`]),
    ...(seen === undefined ? [] : [`seen ${shown(seen)}`]),
    ...(reason === undefined ? [] : [printable(reason.slice(0, longest))]),
  ];
  const where = members.length === 1 ? "" : ` in ${members.length} cells, first`;
  return `Not explained yet${where}: ${said.length === 0 ? "it failed" : said.join(", ")}.`;
}

function shown(value: Json): string {
  const text = printCompact(value);
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
