/** Whether what is mounted is a file system of the host, shown again, where the cell was promised one of its own. */
import { isObject, type JsonObject } from "../../json/value.ts";
import type { Answers } from "../answer.ts";
import type { Question } from "../question.ts";
import type { CellFacts, Promised } from "../rule.ts";
import type { MountEntry } from "./mounts.ts";
import { textOf } from "./reply.ts";
import { statOf } from "./stat.ts";

/** Each mount of these makes a file system, or shows all of the one that belongs to a namespace. */
const wholes: readonly string[] = ["devpts", "mqueue", "proc", "sysfs", "tmpfs"];

/** The namespaces whose objects they show, by their names in /proc/PID/ns. What a proc shows is the rule visibility's. */
const namespaces: { readonly [type: string]: string } = { mqueue: "ipc", sysfs: "net" };

/** What {@link borrowed} wants to know of the mount that is promised on `destination`. */
export function askBorrowed({ value }: Promised, destination: string, cell: CellFacts): readonly Question[] {
  const type = isObject(value) ? String(value["type"]) : "";
  // Numbers of the cell's own kernel may be those of anything on the host.
  if (!Object.hasOwn(namespaces, type) || cell.ownInodes === true) return [];
  const path = `/proc/self/ns/${namespaces[type]}`;
  return [
    { on: "host", ask: "stat", path: destination },
    { on: "cell", ask: "link", path },
    { on: "host", ask: "link", path },
  ];
}

/** What is wrong with the file system of `entry` as one of the cell's own; `asked` is what {@link askBorrowed} gave. */
export function borrowed(
  { type }: JsonObject,
  entry: MountEntry,
  asked: readonly Question[],
  answers: Answers,
): readonly string[] {
  if (type !== entry.type || !wholes.includes(entry.type)) return [];
  if (entry.root !== "/") return [`only ${entry.root} of a ${entry.type}`];
  const [stat, cell, host] = asked.map((question) => answers.get(question));
  if (stat === undefined || cell === undefined || host === undefined) return [];
  const [own, others, there] = [textOf(cell), textOf(host), statOf(stat)];
  if ("silent" in own || "silent" in others || "silent" in there || own.value === others.value) return [];
  return there.value.device === deviceOf(entry) ? [`the ${entry.type} of the host`] : [];
}

/** As stat(2) has it: makedev(3). */
function deviceOf({ device }: MountEntry): string {
  const [major = 0n, minor = 0n] = device.split(":").map((number) => BigInt(number));
  return String((minor & 0xffn) | ((major & 0xfffn) << 8n) | ((minor & ~0xffn) << 12n));
}
