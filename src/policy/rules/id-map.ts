/** Id maps: which ids of the host the ids of the cell are. */
import { equalJson } from "../../json/equal.ts";
import { isArray, type Json } from "../../json/value.ts";
import type { Config, IdMapping } from "../../oci/config.ts";
import { parseIdMap } from "../answers/id-map.ts";
import { parsed } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Comparison, Promised, Rule } from "../rule.ts";
import { limitedInteger } from "../view/integer.ts";
import { namespaceMode } from "../view/namespaces.ts";

/**
 * Subjects `id-map:uid` and `id-map:gid`. Value: `[[inside, outside, size], ...]` with a user namespace of the cell's own;
 * `as-on-the-host` without one, where mappings have nothing to apply to; `joined` for one that is joined.
 */
export const idMap: Rule = {
  id: "id-map",
  title: "The ids of the cell are those of the host that the config maps, and no others",
  why: "A wrong map makes root of the cell root of the host, or gives a build files of another user.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, User namespace mappings", "user_namespaces(7)"],
  kind: "isolation",
  promises: (config) => [
    promise(config, "uid", config.linux?.uidMappings, "/linux/uidMappings"),
    promise(config, "gid", config.linux?.gidMappings, "/linux/gidMappings"),
  ],
  compare: compareMaps,
  ask: (promised, facts) => {
    const path = fileOf(promised);
    if (promised.value === "joined") return [];
    const cell = shownBy(promised, facts);
    return isArray(promised.value) ? [cell] : [cell, { on: "host", ask: "read", path }];
  },
  judge: (promised, answers, facts) => {
    const path = fileOf(promised);
    const cell = parsed(answers.get(shownBy(promised, facts)), "an id map", parseIdMap);
    if ("silent" in cell) return notObservable(`the cell does not show ${path}: ${cell.silent}`);
    if (isArray(promised.value)) return decide(equalJson(cell.value, promised.value), cell.value);
    const host = parsed(answers.get({ on: "host", ask: "read", path }), "an id map", parseIdMap);
    if ("silent" in host) return notObservable(`the host does not show ${path}: ${host.silent}`);
    return decide(equalJson(cell.value, host.value), cell.value);
  },
};

function promise(config: Config, kind: string, mappings: readonly IdMapping[] | undefined, at: string): Promised {
  const subject = `id-map:${kind}`;
  const mode = namespaceMode(config, "user");
  if (mode === "shared") return { rule: "id-map", subject, value: "as-on-the-host", at: "/linux/namespaces" };
  if (mode !== "private") return { rule: "id-map", subject, value: "joined", at: "/linux/namespaces" };
  return { rule: "id-map", subject, value: ranges(mappings ?? []), at };
}

/** In the order of the ids inside, as the kernel's answer is read too. */
function ranges(mappings: readonly IdMapping[]): readonly Json[] {
  return mappings
    .toSorted((a, b) => (BigInt(a.containerID) < BigInt(b.containerID) ? -1 : 1))
    .map(({ containerID, hostID, size }) => [containerID, hostID, size].map(limitedInteger));
}

function fileOf({ subject }: Promised): string {
  return subject === "id-map:uid" ? "/proc/self/uid_map" : "/proc/self/gid_map";
}

/** Whose the cell's files are on the host: where its kernel is not the host's, by the process that opens them for it. */
function shownBy(promised: Promised, { standIns = [] }: CellFacts): Question {
  const file = promised.subject === "id-map:uid" ? "uid_map" : "gid_map";
  return standIns.includes(file)
    ? { on: "host", ask: "stand-in", file }
    : { on: "cell", ask: "read", path: fileOf(promised) };
}

/** A map isolates by what it leaves out: more of the host's ids within reach is weaker. */
function compareMaps(before: Json, after: Json): Comparison {
  if (equalJson(before, after)) return "same";
  if (!isArray(before) || !isArray(after)) {
    if (isArray(before) && after === "as-on-the-host") return "weaker";
    return before === "as-on-the-host" && isArray(after) ? "stronger" : "different";
  }
  const kept = reaches(after, before);
  if (kept && reaches(before, after)) return "different";
  return kept ? "weaker" : reaches(before, after) ? "stronger" : "different";
}

/** Whether the ranges of `map` hold every host id that those of `other` hold. */
function reaches(map: readonly Json[], other: readonly Json[]): boolean {
  const own = map.map(outside).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return other.map(outside).every(([from, end]) => {
    let at = from;
    for (const [start, stop] of own) if (start <= at && stop > at) at = stop;
    return at >= end;
  });
}

function outside(range: Json): readonly [from: bigint, end: bigint] {
  const [, first = 0, size = 0] = isArray(range) ? range : [];
  const from = BigInt(Number(first));
  return [from, from + BigInt(Number(size))];
}
