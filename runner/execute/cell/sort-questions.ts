/** The questions of a cell, each once, by who answers them; and the answers of those that are raw system calls. */
import type { Answer } from "../../../src/policy/answer.ts";
import type { CellQuestion, HostQuestion } from "../../../src/policy/question.ts";
import { rawCalls, whyNotMade } from "../probe/calls.ts";
import type { CallResult } from "../probe/elf.ts";
import type { Numbered } from "../probe/protocol.ts";
import type { AskedQuestion, PreparedCell } from "./prepare-cell.ts";

type CallQuestion = Extract<CellQuestion, { ask: "call" }>;

/** The questions of a cell by who answers them. */
export interface Sorted {
  readonly numbered: readonly (Numbered & { readonly line: string })[];
  readonly calls: readonly AskedQuestion<CallQuestion>[];
  readonly host: readonly AskedQuestion<HostQuestion>[];
}

/** Every question once, in the order in which the rules ask. */
export function sortQuestions(cell: PreparedCell): Sorted {
  const seen = new Set<string>();
  const numbered: (Numbered & { readonly line: string })[] = [];
  const calls: AskedQuestion<CallQuestion>[] = [];
  const host: AskedQuestion<HostQuestion>[] = [];
  for (const { line, question } of cell.asked.flatMap(({ questions }) => questions)) {
    if (seen.has(line)) continue;
    seen.add(line);
    if (question.on === "host") host.push({ line, question });
    else if (question.ask === "call") calls.push({ line, question });
    else numbered.push({ number: String(numbered.length + 1), line, question });
  }
  return { numbered, calls, host };
}

/** Whether the host is to look at the cell while it lives. */
export function isCounted({ host }: Sorted): boolean {
  return host.some(({ question }) => question.ask === "cgroup");
}

/** The raw calls that this machine can make. */
export function madeCalls({ calls }: Sorted): Sorted["calls"] {
  return calls.filter(({ question }) => whyNotMade(process.arch, question.call, question.argument) === undefined);
}

/** One call question may be several raw calls: its answer is the first that failed or did not return, else the last. */
export function answerCalls(
  questions: Sorted["calls"],
  results: readonly CallResult[],
  book: Map<string, Answer>,
): void {
  let at = 0;
  for (const { line, question } of questions) {
    const unable = whyNotMade(process.arch, question.call, question.argument);
    if (unable !== undefined) {
      book.set(line, { unable });
      continue;
    }
    const count = rawCalls(question.call, question.argument).length;
    const own = results.slice(at, at + count);
    at += count;
    if (own.length === count) book.set(line, answerOf(own));
  }
}

/** The answer that the results of one question's calls amount to; there is at least one. */
export function answerOf(results: readonly CallResult[]): Answer {
  const telling = results.find((result) => typeof result !== "number" || result < 0) ?? results.at(-1);
  if (telling === undefined) return { failed: "no call was made" };
  return typeof telling === "number" ? { result: telling } : telling;
}
