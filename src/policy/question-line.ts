/** The one-line form of a question: unique, printable ASCII, never shell text. It is what a probe reads and the key of an answer. */
import type { Question } from "./question.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-";
const plain: ReadonlySet<number> = new Set(Array.from(letters, (letter) => letter.charCodeAt(0)));

/**
 * Takes a question, gives `on ask argument...` with single blanks between. A call gives its name and then its argument.
 * In arguments every byte of the UTF-8 form other than `A-Z a-z 0-9 / . _ -` is `%` and two upper-case hex digits; an
 * empty argument is a lone `%`. So a decoder splits at blanks and needs to know nothing else.
 */
export function questionLine(question: Question): string {
  return [question.on, question.ask, ...argumentsOf(question).map(encode)].join(" ");
}

function argumentsOf(question: Question): readonly string[] {
  switch (question.ask) {
    case "link":
    case "stat":
    case "collected":
    case "read":
    case "list":
    case "space":
    case "shell":
      return [question.path];
    case "limit":
      return [question.resource];
    case "stand-in":
      return [question.file];
    case "processes":
      return [question.token];
    case "call":
      return question.argument === undefined ? [question.call] : [question.call, question.argument];
    default:
      return [];
  }
}

function encode(argument: string): string {
  if (argument === "") return "%";
  if (/^[A-Za-z0-9/._-]+$/.test(argument)) return argument; // nearly all are, and this is asked often
  return Array.from(new TextEncoder().encode(argument), encodeByte).join("");
}

function encodeByte(byte: number): string {
  if (plain.has(byte)) return String.fromCharCode(byte);
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
