/** Bind sources: each bind shows the files it is meant to show, and not those of another. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json } from "../../json/value.ts";
import { mountOn, mountsOf } from "../answers/mounts.ts";
import { sameFile, statOf } from "../answers/stat.ts";
import { decide, notObservable, violated } from "../judgement.ts";
import { absent } from "../order.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Comparison, Promised, Rule } from "../rule.ts";
import { mountTable } from "../view/mount-table.ts";
import { hostPath, isBelow } from "../view/path.ts";

const mounts: Question = { on: "cell", ask: "mounts" };

/**
 * Subjects `bind:<destination>`, the last bind on each. Value: `{ source }` as the config has it, or `hidden`. Judged by
 * device and inode: those of the destination in the cell are those of the source on the host.
 */
export const bindSource: Rule = {
  id: "bind-source",
  title: "Each bind mount shows its own source",
  why: "With overlapping binds in the wrong order a build reads other inputs than it was given.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Mounts (listed order)", "mount(2), MS_BIND"],
  kind: "isolation",
  promises: (config) =>
    mountTable(config)
      .filter(({ bind }) => bind)
      .map(({ destination, mount, hidden, at }) => ({
        rule: "bind-source",
        subject: `bind:${destination}`,
        value: hidden ? "hidden" : { source: mount.source ?? "" },
        at: `${at}/source`,
      })),
  compare: compareSources,
  ask: (promised, cell) =>
    sourceOf(promised.value) === undefined ? [] : [inside(promised), outside(promised, cell), mounts],
  judge: (promised, answers, cell) => {
    const source = statOf(answers.get(outside(promised, cell)));
    if ("silent" in source) return notObservable(`the source is not there: ${source.silent}`);
    if (source.value.type === "symlink") return notObservable("the source is a symbolic link, and no link is followed");
    const shown = statOf(answers.get(inside(promised)));
    if ("silent" in shown) {
      const table = mountsOf(answers.get(mounts));
      const lost = "value" in table && mountOn(table.value, destinationOf(promised)) === undefined;
      return lost
        ? violated("nothing is mounted there")
        : notObservable(`the destination is not shown: ${shown.silent}`);
    }
    const { type, device, inode } = shown.value;
    return decide(sameFile(shown.value, source.value), { type, device, inode });
  },
};

function inside(promised: Promised): Question {
  return { on: "cell", ask: "stat", path: destinationOf(promised) };
}

function destinationOf({ subject }: Promised): string {
  return subject.slice("bind:".length);
}

function outside({ value }: Promised, cell: CellFacts): Question {
  return { on: "host", ask: "stat", path: hostPath(cell.bundle, sourceOf(value) ?? "") };
}

function sourceOf(value: Json): string | undefined {
  return isObject(value) && typeof value["source"] === "string" ? value["source"] : undefined;
}

/** Files of the host that come into view are weaker: a new bind, one no longer hidden, a source further up. */
function compareSources(before: Json, after: Json): Comparison {
  if (equalJson(before, after)) return "same";
  const old = sourceOf(before);
  const now = sourceOf(after);
  if (old === undefined && now === undefined) return before === absent || after === absent ? "same" : "different";
  if (old === undefined) return "weaker";
  if (now === undefined) return "stronger";
  // Relative paths keep to themselves: "/" stands for the bundle, which no absolute path is compared with.
  if (old.startsWith("/") !== now.startsWith("/")) return "different";
  const [from, to] = [hostPath("/", old), hostPath("/", now)];
  if (isBelow(from, to)) return "weaker";
  if (isBelow(to, from)) return "stronger";
  return from === to ? "same" : "different";
}
