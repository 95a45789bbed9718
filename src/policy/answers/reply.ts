/** What an answer gives once it is read: a value, or why there is none. Silence never turns into a value by itself. */
import type { Answer, ProcessEnd } from "../answer.ts";

/** A value, or the reason why the answer says nothing. */
export type Reply<T> = { readonly value: T } | { readonly silent: string };

/** The text of an answer. */
export function textOf(answer: Answer): Reply<string> {
  if ("text" in answer) return { value: answer.text };
  return { silent: silenceOf(answer) };
}

/** The return value of a system call. */
export function resultOf(answer: Answer): Reply<number> {
  if ("result" in answer) return { value: answer.result };
  return { silent: silenceOf(answer) };
}

/** What came of a system call: its return value, or how the process that made it ended instead. */
export function outcomeOf(answer: Answer): Reply<number | ProcessEnd> {
  return "ended" in answer ? { value: answer.ended } : resultOf(answer);
}

/** Many rules read one answer: what a parser made of it is kept as long as the answer itself. */
const read = new WeakMap<Answer, Map<unknown, Reply<unknown>>>();

/**
 * The text of an answer, read by `parse` (a constant function: its result is kept). A text that `parse` takes for another
 * form (it gives undefined) is silent: `what` names the form in the reason.
 */
export function parsed<T>(answer: Answer, what: string, parse: (text: string) => T | undefined): Reply<T> {
  const known = read.get(answer) ?? new Map<unknown, Reply<unknown>>();
  read.set(answer, known);
  const reply = (known.get(parse) as Reply<T> | undefined) ?? parseNow(answer, what, parse);
  known.set(parse, reply);
  return reply;
}

function parseNow<T>(answer: Answer, what: string, parse: (text: string) => T | undefined): Reply<T> {
  const text = textOf(answer);
  if ("silent" in text) return text;
  const value = parse(text.value);
  return value === undefined ? { silent: `the answer is not ${what}` } : { value };
}

function silenceOf(answer: Answer): string {
  if ("failed" in answer) return answer.failed;
  if ("unable" in answer) return answer.unable;
  if ("ended" in answer) return `the process that made the call ended (${endName(answer.ended)})`;
  return "the answer has another form than its question";
}

/** The end of a process in words. */
export function endName(end: ProcessEnd): string {
  return "exit" in end ? `exit ${end.exit}` : `signal ${end.signal}`;
}
