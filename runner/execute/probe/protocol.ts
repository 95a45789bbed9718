/** The wire between the runner and the step in a cell: numbered questions in, answers framed with a nonce out. */
import type { Answer } from "../../../src/policy/answer.ts";
import type { CellQuestion } from "../../../src/policy/question.ts";
import { type CallResult, readResults } from "./elf.ts";

/** What a cell said. */
export type Transcript =
  /** The step found itself in the jail's own mount namespace. */
  | { readonly state: "escaped" }
  /** The step never spoke with this cell's nonce. */
  | { readonly state: "silent" }
  /** It spoke. `complete` is false when it was cut off before its last frame. */
  | { readonly state: "answered"; readonly complete: boolean; readonly frames: ReadonlyMap<string, Frame> };

/** One answer as it came: everything between its two frame lines, and the status of the command that gave it. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly status: number;
}

/** A question with the number that its answer carries. The raw calls of a cell are one question, `calls`. */
export interface Numbered {
  readonly number: string;
  readonly question: Exclude<CellQuestion, { ask: "call" }>;
}

/** What the step says when it waits for the host to look at it; see Launch.hold. */
export function holdMark(nonce: string): string {
  return `\n${nonce} hold`;
}

/** The lines of /.cupel/questions: `NUMBER VERB ARGUMENT`. */
export function questionFile(questions: readonly Numbered[], withCalls: boolean): string {
  const lines = questions
    .filter(({ question }) => question.ask !== "args" && question.ask !== "descriptors")
    .map(({ number, question }) => `${number} ${question.ask} ${escapeArgument(argumentOf(question))}`);
  return [...lines, ...(withCalls ? ["calls calls "] : [])].map((line) => `${line}\n`).join("");
}

function argumentOf(question: Numbered["question"]): string {
  if ("path" in question) return question.path;
  return question.ask === "limit" ? question.resource : "";
}

/** Everything but a plain set as octal escapes that printf %b of every shell understands. */
function escapeArgument(text: string): string {
  let escaped = "";
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    escaped += /[A-Za-z0-9_./:=-]/.test(character) ? character : `\\0${byte.toString(8).padStart(3, "0")}`;
  }
  return escaped;
}

/** How many answers the step counts: those that it says before it looks at the file of questions are not among them. */
export function answersExpected(questions: readonly Numbered[], withCalls: boolean): number {
  const inFile = questions.filter(({ question }) => question.ask !== "args" && question.ask !== "descriptors");
  return inFile.length + (withCalls ? 1 : 0);
}

/** Reads what came out of a cell; `expected` is what {@link answersExpected} gave for it. `foldLines`: it went through a terminal, which turned each LF into CR LF. */
export function readTranscript(output: Uint8Array, nonce: string, foldLines: boolean, expected: number): Transcript {
  const text = Buffer.from(output.buffer, output.byteOffset, output.byteLength).toString("latin1");
  const body = foldLines ? text.replaceAll("\r\n", "\n") : text;
  const frames = new Map<string, Frame>();
  const line = new RegExp(
    `\\n${nonce} (escaped|end ([0-9]+)|([0-9]+|args|descriptors|calls) (begin|end ([0-9]+)))\\n`,
    "g",
  );
  let open: { name: string; from: number } | undefined;
  for (let match = line.exec(body); match !== null; match = line.exec(body)) {
    const [whole, what, total, name = "", edge, status] = match;
    if (what === "escaped") return { state: "escaped" };
    if (total !== undefined) {
      return { state: "answered", complete: Number(total) === expected && frames.size >= expected, frames };
    }
    if (edge === "begin") {
      open = { name, from: match.index + whole.length };
    } else if (open?.name === name) {
      frames.set(name, { bytes: bytesOf(body.slice(open.from, match.index)), status: Number(status) });
      open = undefined;
    }
    line.lastIndex--; // the newline that ends one frame line may begin the next
  }
  if (frames.size === 0 && open === undefined) return { state: "silent" };
  return { state: "answered", complete: false, frames };
}

/** The answer that a frame holds for `question`. */
export function readAnswer(question: Numbered["question"], frame: Frame | undefined): Answer {
  if (frame === undefined) return { failed: "no answer" };
  const text = utf8.decode(frame.bytes);
  if (question.ask === "shell") return { text: `${frame.status} ${text.split("\n")[0] ?? ""}` };
  if (frame.status !== 0) return { failed: text.trim() || `status ${frame.status}` };
  switch (question.ask) {
    case "args":
    case "environ":
      return { text: utf8.decode(fromBase64(text)) };
    case "stat":
      return { text: normaliseStat(text.trim()) };
    case "descriptors":
      return { text: normaliseDescriptors(text) };
    case "processes":
      return { text: [...text.matchAll(/^\/proc\/([0-9]+)\/cmdline$/gm)].map(([, pid]) => `${pid}\n`).join("") };
    case "cwd":
    case "hostname":
    case "kernel":
    case "umask":
    case "link":
      return { text: text.replace(/\n$/, "") };
    case "space":
    case "terminal":
      return { text: text.trim() };
    default:
      return { text };
  }
}

/** Results of the raw calls in their order. */
export function readCalls(frame: Frame | undefined): readonly CallResult[] {
  return frame === undefined ? [] : readResults(fromBase64(utf8.decode(frame.bytes)));
}

const fileTypes: { readonly [bits: number]: string } = {
  1: "fifo",
  2: "char",
  4: "dir",
  6: "block",
  8: "file",
  10: "symlink",
  12: "socket",
};

/** From `stat -c '%f %u %g %d %i %s %t:%T'` (hexadecimal mode and device numbers) to the form that rules read. */
function normaliseStat(line: string): string {
  const [mode = "", uid, gid, device, inode, size, special = ""] = line.split(" ");
  const bits = Number.parseInt(mode, 16);
  const [major = "0", minor = "0"] = special.split(":");
  const numbers = `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`;
  return [fileTypes[bits >> 12] ?? "unknown", (bits & 0o7777).toString(8), uid, gid, device, inode, size, numbers].join(
    " ",
  );
}

/** From `ls -l /proc/PID/fd` to `FD TARGET` lines, without the step's own script and question file. */
function normaliseDescriptors(text: string): string {
  const own = new Set(["/cupel/step", "/.cupel/questions"]);
  return [...text.matchAll(/ ([0-9]+) -> (.*)$/gm)]
    .filter(([, , target = ""]) => !own.has(target))
    .map(([, fd, target]) => `${fd} ${target}\n`)
    .join("");
}

const utf8 = new TextDecoder();

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

function fromBase64(text: string): Uint8Array {
  return Buffer.from(text.replace(/\s/g, ""), "base64");
}
