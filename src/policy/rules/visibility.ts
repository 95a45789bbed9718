/** Visibility: processes of the host are neither seen nor signalled. */
import type { Json } from "../../json/value.ts";
import type { Config } from "../../oci/config.ts";
import type { Answers } from "../answer.ts";
import { failedWith, resultName } from "../answers/errno.ts";
import { resultOf, textOf } from "../answers/reply.ts";
import { lines } from "../answers/words.ts";
import { broken, decide, holds, notObservable, violated } from "../judgement.ts";
import { byRank } from "../order.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Judgement, Rule } from "../rule.ts";
import { mountTable } from "../view/mount-table.ts";
import { namespaceMode, namespacePointer } from "../view/namespaces.ts";

/**
 * Subjects: `visibility:processes`, value `unseen`, `seen` (a shared pid namespace, or the host's own /proc bound), or
 * `by-mount` where /proc is a bind of something else; `visibility:signals`, value `out-of-reach` or `within-reach`; both
 * `joined` with a pid namespace that is joined.
 */
export const visibility: Rule = {
  id: "visibility",
  title: "Processes of the host are neither seen nor signalled",
  why: "A build that sees other processes reads their arguments; one that reaches them can end them.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, Namespaces (pid)", "pid_namespaces(7)", "kill(2)"],
  kind: "isolation",
  promises: (config) => {
    const pid = namespaceMode(config, "pid");
    const at = namespacePointer(config, "pid");
    const signals = pid === "private" ? "out-of-reach" : pid === "shared" ? "within-reach" : "joined";
    return [
      { rule: "visibility", subject: "visibility:processes", ...processes(config) },
      { rule: "visibility", subject: "visibility:signals", value: signals, at },
    ];
  },
  compare: (before, after) => byRank(before, after, rank),
  ask: ({ subject, value }, cell) => {
    if (value === "unseen" || value === "seen") return [list("cell", cell), list("host", cell)];
    if (subject === "visibility:signals" && value === "out-of-reach") {
      return [
        signal("cell", cell),
        signal("host", cell),
        commandLine(cell),
        namespaceLink("cell"),
        namespaceLink("host"),
      ];
    }
    return [];
  },
  judge: ({ subject, value }, answers, cell) =>
    subject === "visibility:processes" ? judgeProcesses(value === "seen", answers, cell) : judgeSignal(answers, cell),
};

/** A process sees what the /proc that is mounted shows: that of its own pid namespace, unless it is bound from elsewhere. */
function processes(config: Config): { readonly value: Json; readonly at: string } {
  const pid = namespaceMode(config, "pid");
  const proc = mountTable(config).find(({ destination }) => destination === "/proc");
  if (proc?.bind === true) return { value: proc.mount.source === "/proc" ? "seen" : "by-mount", at: proc.at };
  const at = namespacePointer(config, "pid");
  if (pid === "private") return { value: "unseen", at };
  return { value: pid === "shared" ? "seen" : "joined", at };
}

function rank(value: Json): number {
  if (value === "unseen" || value === "out-of-reach") return 0;
  return value === "seen" || value === "within-reach" ? 2 : 1;
}

function judgeProcesses(wanted: boolean, answers: Answers, cell: CellFacts): Judgement {
  const control = textOf(answers.get(list("host", cell)));
  if ("silent" in control) return broken(`the host cannot look for its own process: ${control.silent}`);
  if (lines(control.value).length === 0) return broken("the host itself does not see its process");
  const own = textOf(answers.get(list("cell", cell)));
  if ("silent" in own) return notObservable(`the cell cannot look for processes: ${own.silent}`);
  const seen = lines(own.value);
  return decide(wanted === seen.length > 0, { processes: seen.length });
}

/**
 * Only ESRCH says that nothing has that number. Anything else is a process, but of the host only when its command line says
 * so: in a pid namespace of its own the cell counts anew.
 */
function judgeSignal(answers: Answers, cell: CellFacts): Judgement {
  const control = resultOf(answers.get(signal("host", cell)));
  if ("silent" in control) return notObservable(`the host did not try: ${control.silent}`);
  if (control.value < 0) return broken(`the host itself does not reach its process: ${resultName(control.value)}`);
  const reply = resultOf(answers.get(signal("cell", cell)));
  if ("silent" in reply) return notObservable(`the cell did not try: ${reply.silent}`);
  if (failedWith(reply.value, "ESRCH")) return holds("ESRCH");
  const name = reply.value >= 0 ? "reached" : resultName(reply.value);
  const command = textOf(answers.get(commandLine(cell)));
  // Where /proc is bound from the host, its numbers are the host's in a pid namespace of the cell's own too.
  const [own, others] = (["cell", "host"] as const).map((on) => textOf(answers.get(namespaceLink(on))));
  const apart =
    own !== undefined && others !== undefined && "value" in own && "value" in others && own.value !== others.value;
  if (!apart && "value" in command && command.value.includes(cell.token)) return violated(name);
  return notObservable(`${name}, but not shown to be the host's: the cell may have a process of that number itself`);
}

function list(on: "cell" | "host", { token }: CellFacts): Question {
  return { on, ask: "processes", token };
}

function signal(on: "cell" | "host", { canaryPid }: CellFacts): Question {
  return { on, ask: "call", call: "kill", argument: String(canaryPid) };
}

function commandLine({ canaryPid }: CellFacts): Question {
  return { on: "cell", ask: "read", path: `/proc/${canaryPid}/cmdline` };
}

function namespaceLink(on: "cell" | "host"): Question {
  return { on, ask: "link", path: "/proc/self/ns/pid" };
}
