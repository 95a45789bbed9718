/** Namespaces: each kind is the cell's own, the host's, or one that it joins. */
import { isObject, type Json } from "../../json/value.ts";
import { namespaceFiles, namespaceTypes } from "../../oci/vocabulary.ts";
import type { Answers } from "../answer.ts";
import { textOf } from "../answers/reply.ts";
import { statOf } from "../answers/stat.ts";
import { decide, notObservable } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { Judgement, Promised, Rule } from "../rule.ts";
import { namespaceMode, namespacePointer } from "../view/namespaces.ts";

/** Value: `private`, `shared`, or `{ joined: path }`. Judged by the links of /proc/self/ns in the cell and on the host. */
export const namespaces: Rule = {
  id: "namespaces",
  title: "Each namespace is the cell's own unless the config shares or joins it",
  why: "A shared namespace lets a build see or change the host's processes, network, names, mounts or users.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Namespaces", "namespaces(7)"],
  kind: "isolation",
  promises: (config) =>
    namespaceTypes.map((type) => ({
      rule: "namespaces",
      subject: `namespace:${type}`,
      value: namespaceMode(config, type),
      at: namespacePointer(config, type),
    })),
  compare: (before, after) => byRank(before, after, rank),
  ask: (promised) => {
    const link = linkOf(promised);
    const joined = joinedPath(promised.value);
    const shared: readonly Question[] = [
      { on: "cell", ask: "link", path: link },
      { on: "host", ask: "link", path: link },
    ];
    if (joined === undefined) return shared;
    return [...shared, { on: "host", ask: "link", path: joined }, { on: "host", ask: "stat", path: joined }];
  },
  judge: (promised, answers) => {
    const link = linkOf(promised);
    const cell = textOf(answers.get({ on: "cell", ask: "link", path: link }));
    if ("silent" in cell) return notObservable(`the cell does not show ${link}: ${cell.silent}`);
    const joined = joinedPath(promised.value);
    if (joined !== undefined) return judgeJoined(cell.value, joined, answers);
    const host = textOf(answers.get({ on: "host", ask: "link", path: link }));
    if ("silent" in host) return notObservable(`the host does not show ${link}: ${host.silent}`);
    for (const { value } of [cell, host]) {
      if (!/^[a-z]+:\[[0-9]+\]$/.test(value)) return notObservable(`${link} shows no namespace: ${value}`);
    }
    const seen = cell.value === host.value ? "shared" : "private";
    return decide(seen === promised.value, seen);
  },
};

/** A link to a namespace reads `net:[4026531840]`; the path itself may be that link or a bind of the namespace's file. */
function judgeJoined(cell: string, path: string, answers: Answers): Judgement {
  const link = textOf(answers.get({ on: "host", ask: "link", path }));
  if ("value" in link && /^[a-z]+:\[[0-9]+\]$/.test(link.value)) return decide(link.value === cell, cell);
  const stat = statOf(answers.get({ on: "host", ask: "stat", path }));
  if ("silent" in stat) return notObservable(`the joined namespace ${path} is not there: ${stat.silent}`);
  return decide(cell.endsWith(`:[${stat.value.inode}]`), cell);
}

function linkOf(promised: Promised): string {
  return `/proc/self/ns/${namespaceFiles[promised.subject.slice("namespace:".length)]}`;
}

function joinedPath(value: Json): string | undefined {
  return isObject(value) && typeof value["joined"] === "string" ? value["joined"] : undefined;
}

/** A joined namespace may be anybody's, so it stands between the two; two different ones have no order. */
function rank(value: Json): number | undefined {
  if (value === "private") return 0;
  return value === "shared" ? 2 : 1;
}
