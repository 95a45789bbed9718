/** Bind sources: each bind shows the files it is meant to show, and not those of another. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Answers } from "../answer.ts";
import { failedWith } from "../answers/errno.ts";
import { mountOn, mountsOf } from "../answers/mounts.ts";
import { type Reply, resultOf, textOf } from "../answers/reply.ts";
import { type Stat, sameFile, statOf } from "../answers/stat.ts";
import { decide, holds, notObservable, violated } from "../judgement.ts";
import { absent } from "../order.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Comparison, Judgement, Promised, Rule } from "../rule.ts";
import { mountTable } from "../view/mount-table.ts";
import { hostPath, inDirectory, isBelow } from "../view/path.ts";

const mounts: Question = { on: "cell", ask: "mounts" };

/**
 * Subjects `bind:<destination>`, the last bind on each. Value: `{ source }` as the config has it, or `hidden`. Judged by
 * device and inode: those of the destination in the cell are those of the source on the host. Where a runtime has numbers of
 * its own, a file with a name of its own that was put into the source must be there, a device have the same number, and a file
 * whose text is known to end the same text.
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
  ask: (promised, cell) => {
    if (sourceOf(promised.value) === undefined) return [];
    const both = [inside(promised), outside(promised, cell)];
    return [...both, ...(cell.ownInodes === true ? otherWays(promised, cell) : [mounts])];
  },
  judge: (promised, answers, cell) => {
    const source = statOf(answers.get(outside(promised, cell)));
    if ("silent" in source) return notObservable(`the source is not there: ${source.silent}`);
    if (source.value.type === "symlink") return notObservable("the source is a symbolic link, and no link is followed");
    const shown = statOf(answers.get(inside(promised)));
    if (cell.ownInodes === true) return judgeOtherwise(promised, shown, source.value, answers, cell);
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

/** Text files of which nobody has to fear that reading them waits for somebody. */
const texts: readonly string[] = ["/etc/hosts", "/etc/resolv.conf", "/etc/services"];

function otherWays(promised: Promised, cell: CellFacts): readonly Question[] {
  const path = destinationOf(promised);
  const ways: readonly Question[] = [
    placed(promised, cell),
    { on: "host", ask: "stat", path: placeOf(promised, cell) },
  ];
  if (!texts.includes(path)) return ways;
  return [...ways, { on: "cell", ask: "read", path }, readOutside(promised, cell)];
}

function judgeOtherwise(
  promised: Promised,
  shown: Reply<Stat>,
  source: Stat,
  answers: Answers,
  cell: CellFacts,
): Judgement {
  if ("value" in statOf(answers.get({ on: "host", ask: "stat", path: placeOf(promised, cell) }))) {
    const found = resultOf(answers.get(placed(promised, cell)));
    if ("value" in found && found.value >= 0) return holds({ shows: "what was put into the source" });
    if ("value" in found && failedWith(found.value, "ENOENT", "ENOTDIR")) {
      return violated({ shows: "nothing of what was put into the source" });
    }
  }
  if ("silent" in shown) return notObservable(`the destination is not shown: ${shown.silent}`);
  const { type, deviceNumber } = shown.value;
  if (type !== source.type) return violated({ type });
  if ((type === "char" || type === "block") && deviceNumber !== "0:0") {
    return decide(deviceNumber === source.deviceNumber, { type, deviceNumber });
  }
  const path = destinationOf(promised);
  if (texts.includes(path)) {
    const text = textOf(answers.get({ on: "cell", ask: "read", path }));
    const wanted = textOf(answers.get(readOutside(promised, cell)));
    if ("value" in text && "value" in wanted && wanted.value !== "") {
      return decide(text.value === wanted.value, { type, text: text.value.slice(0, 200) });
    }
  }
  return notObservable("device and inode numbers in the cell are not the host's, and nothing of ours can be put there");
}

/** A file that is in no other source: its name says which mount of the config it is for. */
function placed(promised: Promised, cell: CellFacts): Question {
  return {
    on: "cell",
    ask: "call",
    call: "access-exist",
    argument: inDirectory(destinationOf(promised), nameFor(promised)),
    prepared: { program: "effective-user", place: placeOf(promised, cell) },
  };
}

function placeOf(promised: Promised, cell: CellFacts): string {
  return inDirectory(hostPath(cell.bundle, sourceOf(promised.value) ?? ""), nameFor(promised));
}

function nameFor({ at }: Promised): string {
  return `.cupel-source-${at.replaceAll(/[^0-9]/g, "")}`;
}

function readOutside(promised: Promised, cell: CellFacts): Question {
  return { on: "host", ask: "read", path: hostPath(cell.bundle, sourceOf(promised.value) ?? "") };
}

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
