/** Network files: who the cell asks for names, and which names it knows itself. */
import { isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { textOf } from "../answers/reply.ts";
import { decide, notObservable, violated } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Promised, Rule } from "../rule.ts";
import { mountTable } from "../view/mount-table.ts";
import { hostPath, isBelow } from "../view/path.ts";

const paths: readonly string[] = ["/etc/hosts", "/etc/resolv.conf", "/etc/services"];

/**
 * Subjects `file:<path>`. Value: `{ source }` where a bind provides it, `by-mount` where one above it decides, and `by-image`
 * where the root file system does. Judged by what a program reads there: it must be what stands in the source.
 */
export const networkFiles: Rule = {
  id: "network-files",
  title: "Names are resolved as the config provides for it",
  why: "A build with network that reads the wrong resolv.conf or hosts file talks to other machines than it was meant to.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Mounts", "resolv.conf(5)", "hosts(5)", "services(5)"],
  kind: "functional",
  promises: (config) =>
    paths.map((path) => ({ rule: "network-files", subject: `file:${path}`, ...provision(config, path) })),
  compare: sameOrDifferent,
  ask: (promised, cell) => (isObject(promised.value) ? [inside(promised), outside(promised, cell)] : []),
  judge: (promised, answers, cell) => {
    const source = textOf(answers.get(outside(promised, cell)));
    if ("silent" in source) return notObservable(`the source is not there: ${source.silent}`);
    const answer = answers.get(inside(promised));
    if ("unable" in answer) return notObservable(answer.unable);
    const shown = textOf(answer);
    if ("silent" in shown) return violated(shown.silent);
    const same = shown.value === source.value;
    return decide(same, same ? "what stands in the source" : { shown: shown.value.slice(0, 200) });
  },
};

function provision(config: Config, path: string): { readonly value: Json; readonly at: string } {
  const table = mountTable(config).filter(({ hidden }) => !hidden);
  const on = table.find(({ destination }) => destination === path);
  if (on !== undefined) return { value: on.bind ? { source: on.mount.source ?? "" } : "by-mount", at: on.at };
  const above = table.find(({ destination }) => isBelow(path, destination));
  return above === undefined ? { value: "by-image", at: "/mounts" } : { value: "by-mount", at: above.at };
}

function inside({ subject }: Promised): Question {
  return { on: "cell", ask: "read", path: subject.slice("file:".length) };
}

function outside({ value }: Promised, cell: CellFacts): Question {
  const source = isObject(value) ? value["source"] : undefined;
  return { on: "host", ask: "read", path: hostPath(cell.bundle, typeof source === "string" ? source : "") };
}
