/** Raw system calls on the host (the jail): the controls of what a cell tries. All that a cell needs are made by one program. */
import { execa } from "execa";
import type { Answer } from "../../../src/policy/answer.ts";
import type { HostQuestion } from "../../../src/policy/question.ts";
import { rawCalls, whyNotMade } from "../probe/calls.ts";
import { emitSeparately, readResults } from "../probe/elf.ts";
import { writeNew } from "./fixtures.ts";
import { nodeName } from "./place-prepared.ts";
import type { AskedQuestion } from "./prepare-cell.ts";
import { answerOf } from "./sort-questions.ts";

type HostCall = Extract<HostQuestion, { ask: "call" }>;

/**
 * Adds to `known` an answer to every call among `questions` that has none yet; they are the same for all cells of a run.
 * `directory` is one of the jail's own where a program may be put, `nodes` holds the run's device nodes.
 */
export function askCalls(
  questions: readonly AskedQuestion<HostQuestion>[],
  known: Map<string, Promise<Answer>>,
  directory: string,
  nodes: string,
): void {
  const calls = questions.flatMap(({ line, question }) =>
    question.ask === "call" && !known.has(line) ? [{ line, question }] : [],
  );
  const makeable = calls.filter(({ line, question }) => {
    const unable = whyNotMade(process.arch, question.call, question.argument);
    if (unable !== undefined) known.set(line, Promise.resolve({ unable }));
    return unable === undefined;
  });
  if (makeable.length === 0) return;
  const answers = make(
    makeable.map(({ question }) => question),
    `${directory}/host-calls`,
    nodes,
  );
  for (const [index, { line }] of makeable.entries()) {
    known.set(
      line,
      answers.then((all) => all[index] ?? { failed: "the call was not made" }),
    );
  }
}

async function make(calls: readonly HostCall[], program: string, nodes: string): Promise<readonly Answer[]> {
  const groups = calls.map((question) => rawCalls(question.call, argumentOf(question, nodes)));
  try {
    writeNew(program, emitSeparately(groups), 0o755);
    const { stdout } = await execa(program, [], {
      env: {},
      extendEnv: false,
      stdin: "pipe",
      input: "",
      encoding: "buffer",
      reject: false,
    });
    const results = readResults(stdout);
    let at = 0;
    return groups.map(({ length }) => {
      const own = results.slice(at, at + length);
      at += length;
      return own.length < length ? { failed: "the program was killed" } : answerOf(own);
    });
  } catch (error) {
    return calls.map(() => ({ failed: (error as Error).message }));
  }
}

/** What a cell finds among its own files is on the host among the run's. */
function argumentOf({ argument, prepared }: HostCall, nodes: string): string | undefined {
  return prepared !== undefined && "node" in prepared ? `${nodes}/${nodeName(prepared)}` : argument;
}
