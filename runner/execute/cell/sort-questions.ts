/** The questions of a cell, each once, by who answers them; and the answers of those that are raw system calls. */
import type { Answer } from "../../../src/policy/answer.ts";
import type { CellQuestion, HostQuestion } from "../../../src/policy/question.ts";
import { rawCalls } from "../probe/calls.ts";
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

/** One call question may be several raw calls: its answer is the first that failed, else the last. */
export function answerCalls(
  questions: Sorted["calls"],
  available: boolean,
  results: readonly number[],
  book: Map<string, Answer>,
): void {
  let at = 0;
  for (const { line, question } of questions) {
    const count = rawCalls(question.call, question.argument).length;
    const own = results.slice(at, at + count);
    at += count;
    const value = own.find((result) => result < 0) ?? own.at(-1);
    if (!available) book.set(line, { unable: `no raw system calls on ${process.arch} yet` });
    else if (own.length === count && value !== undefined) book.set(line, { result: value });
  }
}
