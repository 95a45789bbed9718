/** CPU set: which processors and memory nodes the cell may use. */
import type { Json } from "../../json/value.ts";
import type { Answer } from "../answer.ts";
import type { Reply } from "../answers/reply.ts";
import { statusOf } from "../answers/status.ts";
import { broken, decide, notObservable } from "../judgement.ts";
import { sameOrDifferent } from "../order.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Promised, Rule } from "../rule.ts";

const cell: Question = { on: "cell", ask: "status" };
const standIn: Question = { on: "host", ask: "stand-in", file: "status" };
const host: Question = { on: "host", ask: "read", path: "/proc/self/status" };

/** Subjects `cpus` and `memory-nodes`. Value: the list as the kernel writes it (`0-3,7`), or `as-on-the-host`. */
export const cpuSet: Rule = {
  id: "cpu-set",
  title: "The cell uses the processors and memory nodes that the config gives it",
  why: "A build that runs on processors reserved for others disturbs them; one that is pinned by chance is slow.",
  level: "must",
  refs: ["OCI runtime spec: config-linux.md, CPU (cpus, mems)", "cpuset(7)", "proc_pid_status(5)"],
  kind: "functional",
  promises: ({ linux }) =>
    (["cpus", "mems"] as const).map((key) => ({
      rule: "cpu-set",
      subject: key === "cpus" ? "cpus" : "memory-nodes",
      value: listOf(linux?.resources?.cpu?.[key]),
      at: `/linux/resources/cpu/${key}`,
    })),
  compare: sameOrDifferent,
  ask: ({ value }, facts) => (value === "as-on-the-host" ? [shownBy(facts), host] : [shownBy(facts)]),
  judge: (promised, answers, facts) => {
    const seen = shown(promised, answers.get(shownBy(facts)));
    if ("silent" in seen) return notObservable(`the process status does not show them: ${seen.silent}`);
    if (promised.value !== "as-on-the-host") return decide(seen.value === promised.value, seen.value);
    const own = shown(promised, answers.get(host));
    if ("silent" in own) return broken(`the host does not show its own: ${own.silent}`);
    return decide(seen.value === own.value, seen.value);
  },
};

/** Processors are the host's: where the cell has a kernel of its own, those of the process that this kernel is. */
function shownBy({ standIns = [] }: CellFacts): Question {
  return standIns.includes("status") ? standIn : cell;
}

function shown({ subject }: Promised, answer: Answer): Reply<string> {
  const reply = statusOf(answer);
  if ("silent" in reply) return reply;
  const list = subject === "cpus" ? reply.value.cpus : reply.value.memoryNodes;
  return list === undefined ? { silent: "there is no such row" } : { value: list };
}

function listOf(text: string | undefined): Json {
  return text === undefined || text === "" ? "as-on-the-host" : (canonicalList(text) ?? text);
}

/** The list in order, neighbours joined to ranges, as the kernel prints it; undefined for a text that is none. */
function canonicalList(text: string): string | undefined {
  const ranges = text.split(",").map((part) => /^([0-9]{1,6})(?:-([0-9]{1,6}))?$/.exec(part.trim()));
  if (!ranges.every((range) => range !== null)) return undefined;
  const joined: [number, number][] = [];
  for (const [, first, last = first] of ranges.toSorted((a, b) => Number(a[1]) - Number(b[1]))) {
    const [from, to] = [Number(first), Number(last)];
    const before = joined.at(-1);
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else joined.push([from, to]);
  }
  return joined.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
