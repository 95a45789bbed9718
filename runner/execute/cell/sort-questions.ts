/** The questions of a cell, each once, by who answers them; and the answers of those that are raw system calls. */
import type { Answer } from "../../../src/policy/answer.ts";
import type { CellQuestion, HostQuestion } from "../../../src/policy/question.ts";
import { callsOn } from "../probe/calls.ts";
import type { CallResult, RawCall } from "../probe/elf.ts";
import type { Numbered } from "../probe/protocol.ts";
import type { AskedQuestion, PreparedCell } from "./prepare-cell.ts";

/** A question that raw system calls answer. */
export type CallQuestion = Extract<CellQuestion, { ask: "call" }>;

/** With the calls that it means on this machine, or why there are none. */
export interface AskedCall extends AskedQuestion<CallQuestion> {
  readonly made: readonly RawCall[] | { readonly unable: string };
}

/** The questions of a cell by who answers them. */
export interface Sorted {
  readonly numbered: readonly (Numbered & { readonly line: string })[];
  readonly calls: readonly AskedCall[];
  readonly host: readonly AskedQuestion<HostQuestion>[];
}

/** Every question once, in the order in which the rules ask. */
export function sortQuestions(cell: PreparedCell): Sorted {
  const seen = new Set<string>();
  const numbered: (Numbered & { readonly line: string })[] = [];
  const calls: AskedCall[] = [];
  const host: AskedQuestion<HostQuestion>[] = [];
  for (const { questions } of cell.asked) {
    for (const { line, question } of questions) {
      if (seen.has(line)) continue;
      seen.add(line);
      if (question.on === "host") host.push({ line, question });
      else if (question.ask === "call") {
        calls.push({ line, question, made: callsOn(process.arch, question.call, question.argument) });
      } else numbered.push({ number: String(numbered.length + 1), line, question });
    }
  }
  return { numbered, calls, host };
}

/** Whether the host is to look at the cell while it lives. */
export function isCounted({ host }: Sorted): boolean {
  return host.some(({ question }) => question.ask === "cgroup" || question.ask === "stand-in");
}

/** Of `calls`, those that this machine can make. */
export function madeCalls(calls: readonly AskedCall[]): readonly (AskedCall & { readonly made: readonly RawCall[] })[] {
  return calls.flatMap((call) => ("unable" in call.made ? [] : [{ ...call, made: call.made }]));
}

/** One call question may be several raw calls: its answer is the first that failed or did not return, else the last. */
export function answerCalls(
  questions: Sorted["calls"],
  results: readonly CallResult[],
  book: Map<string, Answer>,
): void {
  let at = 0;
  for (const { line, made } of questions) {
    if ("unable" in made) {
      book.set(line, made);
      continue;
    }
    const own = results.slice(at, at + made.length);
    at += made.length;
    if (own.length === made.length) book.set(line, answerOf(own));
  }
}

/** The answer that the results of one question's calls amount to; there is at least one. */
export function answerOf(results: readonly CallResult[]): Answer {
  const telling = results.find((result) => typeof result !== "number" || result < 0) ?? results.at(-1);
  if (telling === undefined) return { failed: "no call was made" };
  return typeof telling === "number" ? { result: telling } : telling;
}
