/** Nested namespaces: whether a build can make namespaces of its own within the cell. */
import type { Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import { namespaceFiles } from "../../oci/vocabulary.ts";
import { resultName } from "../answers/errno.ts";
import { resultOf } from "../answers/reply.ts";
import { decide, notObservable } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { Promised, Rule } from "../rule.ts";
import { capabilitiesAfterExec } from "../view/capabilities-after-exec.ts";
import { systemCallOutcome } from "../view/system-call-outcome.ts";

/** The types that are tried, with their flags of clone(2). A network is not: taking one down again keeps the kernel busy. */
const flags: { readonly [type: string]: bigint } = {
  cgroup: 0x0200_0000n,
  ipc: 0x0800_0000n,
  mount: 0x0002_0000n,
  pid: 0x2000_0000n,
  user: 0x1000_0000n,
  uts: 0x0400_0000n,
};

/**
 * Subjects `nest:<type>`. Value: `granted`, `refused`, or `undecided` where an agent decides or a filter swallows the call.
 * A user namespace needs no capability, any other one CAP_SYS_ADMIN.
 */
export const nestedNamespaces: Rule = {
  id: "nested-namespaces",
  title: "A build can make namespaces of its own only as far as filter and capabilities let it",
  why: "In a user namespace of its own a build has every capability, and the kernel's less trodden paths are open to it.",
  level: "must",
  refs: ["unshare(2)", "user_namespaces(7)", "OCI runtime spec: config-linux.md, Seccomp"],
  kind: "isolation",
  promises: (config) =>
    Object.keys(flags).map((type) => ({
      rule: "nested-namespaces",
      subject: `nest:${type}`,
      value: nesting(config, type),
      at: "/linux/seccomp",
    })),
  compare: (before, after) =>
    byRank(before, after, (value) => ["refused", "undecided", "granted"].indexOf(String(value))),
  ask: (promised) => (promised.value === "undecided" ? [] : [unshare("cell", promised), unshare("host", promised)]),
  judge: (promised, answers) => {
    const cell = resultOf(answers.get(unshare("cell", promised)));
    if ("silent" in cell) return notObservable(`it was not tried: ${cell.silent}`);
    if (cell.value >= 0) return decide(promised.value === "granted", "granted");
    // A machine may forbid it to everybody, or have too many of them.
    const host = resultOf(answers.get(unshare("host", promised)));
    if ("silent" in host) return notObservable(`the host did not try: ${host.silent}`);
    const name = resultName(cell.value);
    if (host.value < 0) return notObservable(`${name}, but the host cannot either: ${resultName(host.value)}`);
    if (name === "ENOSPC") return notObservable("there are too many namespaces on this machine");
    return decide(promised.value === "refused", { refused: name });
  },
};

function nesting(config: Config, type: string): Json {
  const outcome = systemCallOutcome(config.linux?.seccomp, "unshare", [flags[type] ?? 0n]);
  if (outcome === "swallowed" || outcome === "notify" || outcome === "by-argument") return "undecided";
  if (outcome !== "kernel") return "refused";
  return type === "user" || capabilitiesAfterExec(config).effective.includes("CAP_SYS_ADMIN") ? "granted" : "refused";
}

function unshare(on: "cell" | "host", { subject }: Promised): Question {
  const file = namespaceFiles[subject.slice("nest:".length)];
  return { on, ask: "call", call: "unshare-namespace", ...(file === undefined ? {} : { argument: file }) };
}
