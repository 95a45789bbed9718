/** How a system call is tried and judged whose only question is what a seccomp filter makes of it. */
import type { Json } from "../json/value.ts";
import type { Answers, ProcessEnd } from "./answer.ts";
import { resultName } from "./answers/errno.ts";
import { endName, outcomeOf, textOf } from "./answers/reply.ts";
import { decide, notObservable } from "./judgement.ts";
import type { Question } from "./question.ts";
import type { Judgement } from "./rule.ts";

/** The same attempt in the cell and on the host; none where the promise cannot be seen by trying. */
export function askTried(name: string, promised: Json): readonly Question[] {
  if (promised === "notify" || promised === "by-argument") return [];
  return [attempt("cell", name), attempt("host", name), ...kernelQuestions];
}

/** The release of either's kernel: a runtime may have brought one of its own. */
const release = { ask: "read", path: "/proc/sys/kernel/osrelease" } as const;

/** What {@link hasOwnKernel} needs to know. */
export const kernelQuestions: readonly Question[] = [
  { on: "cell", ...release },
  { on: "host", ...release },
];

/** Whether the cell's kernel is another one than the host's, which then says nothing of what a kernel would answer. */
export function hasOwnKernel(answers: Answers): boolean {
  const [cell, host] = kernelQuestions.map((question) => textOf(answers.get(question)));
  return cell !== undefined && host !== undefined && "value" in cell && "value" in host && cell.value !== host.value;
}

/**
 * What the host is told comes from the kernel, since nothing filters there; the arguments are such that it is told to
 * everybody. So the same answer in the cell is the kernel's, and any other one is the filter's.
 */
export function judgeTried(name: string, promised: Json, answers: Answers): Judgement {
  const host = outcomeOf(answers.get(attempt("host", name)));
  if ("silent" in host) return notObservable(`the host did not try: ${host.silent}`);
  const cell = outcomeOf(answers.get(attempt("cell", name)));
  if ("silent" in cell) return notObservable(`the call was not made: ${cell.silent}`);
  if (typeof host.value !== "number") return notObservable(`the host's own attempt ended with ${endName(host.value)}`);
  if (promised === kernelAs(host.value)) return notObservable(`${nameOf(host.value)} is what the kernel says as well`);
  if (typeof cell.value !== "number" && !isFilterKill(cell.value)) {
    return notObservable(`the attempt ended with ${endName(cell.value)}`);
  }
  const seen = seenAs(cell.value, host.value);
  if (promised === "kernel" && seen !== "kernel" && hasOwnKernel(answers)) {
    return notObservable(`${nameOf(cell.value)}, which may be what the cell's own kernel says`);
  }
  return decide(seen === promised, { outcome: seen, result: nameOf(cell.value) });
}

/** SIGSYS: seccomp(2). */
export function isFilterKill(end: ProcessEnd): boolean {
  return "signal" in end && end.signal === 31;
}

function seenAs(cell: number | ProcessEnd, host: number): string {
  if (typeof cell !== "number") return "kill";
  if (cell === host || (cell >= 0 && host >= 0)) return "kernel";
  return kernelAs(cell);
}

/** The outcome of a filter that would look the same as this result. */
function kernelAs(result: number): string {
  return result < 0 ? `errno:${-result}` : "swallowed";
}

function nameOf(value: number | ProcessEnd): string {
  if (typeof value !== "number") return endName(value);
  return value >= 0 ? "success" : resultName(value);
}

function attempt(on: "cell" | "host", name: string): Question {
  return { on, ask: "call", call: "try", argument: name };
}
