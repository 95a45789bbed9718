/** Host name: the cell has its own, and the host keeps its own. */
import { equalJson } from "../../json/equal.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { canaryOf } from "../answers/canary.ts";
import { textOf } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import type { Question } from "../question.ts";
import type { Comparison, Judgement, Promised, Rule } from "../rule.ts";
import { namespaceMode } from "../view/namespaces.ts";

const cell: Question = { on: "cell", ask: "hostname" };
const host: Question = { on: "host", ask: "hostname" };
const canary: Question = { on: "host", ask: "canary" };

/**
 * Subjects: `host-name`, value `{ name }` or `inherited` (the host's); `host-name-of-host`, value `kept`, or `exposed` where
 * the cell's name would be set on the host.
 */
export const hostName: Rule = {
  id: "host-name",
  title: "The cell has the configured host name and the host keeps its own",
  why: "A host name that leaks into a build makes its result depend on the machine.",
  level: "must",
  refs: ["OCI runtime spec: config.md, Hostname", "uts_namespaces(7)"],
  kind: "isolation",
  promises: (config) => [
    { rule: "host-name", subject: "host-name", value: nameOf(config), at: "/hostname" },
    { rule: "host-name", subject: "host-name-of-host", value: hostsOwn(config), at: "/hostname" },
  ],
  compare: compareNames,
  ask: ({ subject, value }) => {
    if (subject === "host-name") return value === "inherited" ? [cell, host] : [cell];
    return value === "kept" ? [host, canary] : [];
  },
  judge: (promised, answers) => (promised.subject === "host-name" ? judgeName(promised, answers) : judgeHost(answers)),
};

function nameOf({ hostname }: Config): Json {
  return hostname === undefined || hostname === "" ? "inherited" : { name: hostname };
}

function hostsOwn(config: Config): string {
  return nameOf(config) === "inherited" || namespaceMode(config, "uts") === "private" ? "kept" : "exposed";
}

function compareNames(before: Json, after: Json): Comparison {
  if (equalJson(before, after)) return "same";
  if (after === "inherited" || after === "exposed") return "weaker";
  return before === "inherited" || before === "exposed" ? "stronger" : "different";
}

function judgeName({ value }: Promised, answers: Answers): Judgement {
  const name = textOf(answers.get(cell));
  if ("silent" in name) return notObservable(`the cell's host name is not shown: ${name.silent}`);
  if (isObject(value)) return decide(name.value === value["name"], { name: name.value });
  const own = textOf(answers.get(host));
  if ("silent" in own) return notObservable(`the host's name is not shown: ${own.silent}`);
  return decide(name.value === own.value, { name: name.value });
}

function judgeHost(answers: Answers): Judgement {
  const now = textOf(answers.get(host));
  if ("silent" in now) return notObservable(`the host's name is not shown: ${now.silent}`);
  const facts = canaryOf(answers.get(canary));
  if ("silent" in facts) return notObservable(`the host's name before is not known: ${facts.silent}`);
  const before = facts.value.hostname;
  if (before === undefined) return notObservable("the host's name before the cell was not noted");
  return decide(now.value === before, { name: now.value });
}
