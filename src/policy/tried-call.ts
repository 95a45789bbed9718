/** How a system call is tried and judged whose only question is what a seccomp filter makes of it. */
import type { Json } from "../json/value.ts";
import type { Answers, ProcessEnd } from "./answer.ts";
import { resultName } from "./answers/errno.ts";
import { endName, outcomeOf } from "./answers/reply.ts";
import { decide, notObservable } from "./judgement.ts";
import type { Question } from "./question.ts";
import type { Judgement } from "./rule.ts";

/** The same attempt in the cell and where nothing filters; none where the promise cannot be seen by trying. */
export function askTried(name: string, promised: Json): readonly Question[] {
  if (promised === "notify" || promised === "by-argument") return [];
  return [attempt("cell", name), attempt("host", name), kernelQuestion];
}

/** Which kernel the cell runs on: the runner asks that one what it says without a filter. */
export const kernelQuestion: Question = { on: "cell", ask: "kernel" };

/**
 * What the host is told comes from the kernel, since nothing filters there; the arguments are such that it is told to
 * everybody. So the same answer in the cell is the kernel's, and any other one is the filter's. Where the cell's kernel is not
 * the host's, "the host" is a cell without a filter on that kernel; see question.ts.
 */
export function judgeTried(name: string, promised: Json, answers: Answers): Judgement {
  const host = outcomeOf(answers.get(attempt("host", name)));
  if ("silent" in host) return notObservable(`nobody tried without a filter: ${host.silent}`);
  const cell = outcomeOf(answers.get(attempt("cell", name)));
  if ("silent" in cell) return notObservable(`the call was not made: ${cell.silent}`);
  if (typeof host.value !== "number")
    return notObservable(`the attempt without a filter ended with ${endName(host.value)}`);
  if (promised === kernelAs(host.value)) return notObservable(`${nameOf(host.value)} is what the kernel says as well`);
  if (typeof cell.value !== "number" && !isFilterKill(cell.value)) {
    return notObservable(`the attempt ended with ${endName(cell.value)}`);
  }
  const seen = seenAs(cell.value, host.value);
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
