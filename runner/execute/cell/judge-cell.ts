/** From what a cell showed to its checks: one event for every id that was scheduled, never a pass from silence. */
import type { Json } from "../../../src/json/value.ts";
import type { Answer, Answers } from "../../../src/policy/answer.ts";
import type { Question } from "../../../src/policy/question.ts";
import { questionLine } from "../../../src/policy/question-line.ts";
import type { CheckEvent } from "../../../src/suite/event.ts";
import type { AskedPromise, AskedQuestion, PreparedCell } from "./prepare-cell.ts";

/** Answers by the line of their question. */
export type AnswerBook = ReadonlyMap<string, Answer>;

/** Every check of `cell` with the same verdict for `starts` and the rest blocked behind it. */
export function blockedCell(cell: PreparedCell, starts: Omit<CheckEvent, "type" | "id">): readonly CheckEvent[] {
  const rest = starts.verdict === "skip" ? (starts.reason ?? "skipped") : `blocked by ${cell.starts}`;
  return [
    { type: "check", id: cell.starts, ...starts },
    ...cell.asked.map((asked) => ({ type: "check", id: asked.check, verdict: "skip", reason: rest }) as const),
  ];
}

/** The checks of a cell that found itself in the jail's own mount namespace. */
export function escapedCell(cell: PreparedCell): readonly CheckEvent[] {
  const seen = "the step ran in the jail's own mount namespace";
  return [
    { type: "check", id: cell.starts, verdict: "pass" },
    ...cell.asked.map(
      (asked): CheckEvent =>
        asked.rule.id === "namespaces" && asked.promised.subject === "namespace:mount"
          ? { ...about(asked), verdict: "fail", seen, reason: "escaped" }
          : { type: "check", id: asked.check, verdict: "skip", reason: "blocked by the escape of the cell" },
    ),
  ];
}

/** Judges every promise of a cell that answered. */
export function judgeCell(cell: PreparedCell, book: AnswerBook): readonly CheckEvent[] {
  return cell.asked.map((asked) => judgePromise(cell, asked, book));
}

function judgePromise(cell: PreparedCell, asked: AskedPromise, book: AnswerBook): CheckEvent {
  const base = about(asked);
  const { blind } = asked;
  if (blind !== undefined) return { ...base, verdict: "skip", code: "not-observable", reason: blind };
  const missing = asked.questions.find(({ line }) => !book.has(line));
  if (missing !== undefined) {
    return { ...base, verdict: "error", code: "unanswered", reason: `no answer to: ${missing.line}` };
  }
  const dumb = asked.questions.find((each) => isDumb(each, asked, book));
  if (dumb !== undefined) {
    return { ...base, verdict: "error", code: "unanswered", reason: `an empty answer to: ${dumb.line}` };
  }
  const judgement = asked.rule.judge(asked.promised, answersIn(asked, book), cell.facts);
  switch (judgement.is) {
    case "holds":
      return { ...base, verdict: "pass", seen: judgement.seen };
    case "violated":
      return { ...base, verdict: "fail", seen: judgement.seen };
    case "not-observable":
      return { ...base, verdict: "skip", code: "not-observable", reason: judgement.reason };
    case "broken":
      return { ...base, verdict: "error", code: "control-failed", reason: judgement.reason };
  }
}

/** What every step can say of itself; a cell that cannot has had it taken away, and silence is no verdict. */
const essential: ReadonlySet<string> = new Set([
  "status",
  "mounts",
  "environ",
  "cwd",
  "umask",
  "hostname",
  "kernel",
  "terminal",
  "args",
  "descriptors",
]);

/** Files that an honest cell may show empty though the host does not; their rules look closer. */
const mayBeEmpty: ReadonlySet<string> = new Set(["/proc/net/route"]);

/** Files that a kernel may not have, and what is asked as well for that case. */
const otherWays: ReadonlyMap<string, Question["ask"]> = new Map([["/proc/self/limits", "limit"]]);

/** Whether a question that has an answer in any honest cell has none, though the host shows the same thing. */
function isDumb({ line, question }: AskedQuestion, asked: AskedPromise, book: AnswerBook): boolean {
  const answer = book.get(line);
  if (question.on !== "cell" || answer === undefined) return false;
  const isEmpty = "text" in answer && answer.text.trim() === "";
  if (essential.has(question.ask)) {
    return "failed" in answer || (isEmpty && (question.ask === "status" || question.ask === "mounts"));
  }
  if (question.ask !== "link" && question.ask !== "read") return false;
  const isSilent = "failed" in answer || (isEmpty && !mayBeEmpty.has(question.path));
  if (!/^\/proc\/(self|net)\//.test(question.path) || !isSilent) return false;
  const other = otherWays.get(question.path);
  if (other !== undefined && asked.questions.some((each) => each.question.ask === other && saysSomething(each, book))) {
    return false;
  }
  const twin = asked.questions.find(
    ({ question: other }) => other.on === "host" && other.ask === question.ask && other.path === question.path,
  );
  const seen = twin === undefined ? undefined : book.get(twin.line);
  return seen === undefined || !("failed" in seen);
}

function saysSomething({ line }: AskedQuestion, book: AnswerBook): boolean {
  const answer = book.get(line);
  return answer !== undefined && "text" in answer && answer.text.trim() !== "";
}

function about(asked: AskedPromise): {
  type: "check";
  id: string;
  promised: Json;
  at: string;
  refs: readonly string[];
} {
  const { promised, rule } = asked;
  return { type: "check", id: asked.check, promised: promised.value, at: promised.at, refs: rule.refs };
}

/** A rule sees only what it asked for. */
function answersIn({ rule, questions }: AskedPromise, book: AnswerBook): Answers {
  return {
    get(question: Question): Answer {
      // Most rules ask with one and the same object, whose line is known.
      const line = questions.find((each) => each.question === question)?.line ?? questionLine(question);
      const answer = questions.some((each) => each.line === line) ? book.get(line) : undefined;
      if (answer === undefined) throw new Error(`rule ${rule.id} reads an answer it did not ask for: ${line}`);
      return answer;
    },
  };
}
