/** Answers to questions, as the runner read them. Parsing of their text is here, judging is not. */
import type { Question } from "./question.ts";

/** The end of a process, as wait(2) tells it. */
export type ProcessEnd = { readonly exit: number } | { readonly signal: number };

/** One answer. */
export type Answer =
  /** Text or bytes (as latin1 would lose nothing, text is UTF-8 with invalid bytes replaced by U+FFFD). */
  | { readonly text: string }
  /** Return value of a system call: negative errno on failure. */
  | { readonly result: number }
  /** A system call that did not return: how the process that made it ended. */
  | { readonly ended: ProcessEnd }
  /** The path or thing does not exist, or reading it was refused, in the tool's words. */
  | { readonly failed: string }
  /** Not answerable on this machine (no code for this architecture, ...). */
  | { readonly unable: string };

/** The answers of one cell and its host. */
export interface Answers {
  /** The answer to `question`; throws when it was never asked (a bug of the rule). */
  get(question: Question): Answer;
}
