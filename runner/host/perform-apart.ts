/** Performs cases for real in another process of ours, so that this one can do something else meanwhile. */
import { spawn } from "node:child_process";
import { parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { minimalEnvironment } from "../execute/jail/tools.ts";
import { helperCommand } from "./ask-helper.ts";
import type { CaseAnswer } from "./perform-cases.ts";

/** What of a helper's complaints is kept, characters. */
const mostWords = 4000;

/**
 * Performs `cases` below the directory `within`, and tells of each, by its place in the list, as soon as it is known. Ends
 * when the process has; gives why it ended before all was told. `signal` ends it at once, with all that it has started.
 */
export function performApart(
  cases: readonly PlacedCase[],
  within: string,
  signal: AbortSignal,
  tell: (index: number, answer: CaseAnswer) => void,
): Promise<string | undefined> {
  const [program = "", ...args] = helperCommand();
  // A group of its own: what it starts dies with it (--pdeathsig), and a terminal's signals do not reach it.
  const child = spawn(program, args, { cwd: within, env: { ...minimalEnvironment }, stdio: "pipe", detached: true });
  let rest = "";
  let words = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { index, answer } = parseJson(line) as unknown as { index: number; answer: CaseAnswer };
      tell(index, answer);
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-mostWords);
  });
  const stop = (): void => {
    child.kill("SIGKILL");
  };
  signal.addEventListener("abort", stop, { once: true });
  return new Promise((resolve) => {
    const end = (why: string | undefined): void => {
      signal.removeEventListener("abort", stop);
      resolve(why);
    };
    child.on("error", (error) => end(error.message));
    child.on("close", (status) => end(status === 0 ? undefined : `status ${status}: ${words}`));
    child.stdin.on("error", () => {}); // it ended before it read
    child.stdin.end(printCompact({ kind: "cases", cases, within } as unknown as Json));
    if (signal.aborted) stop();
  });
}
