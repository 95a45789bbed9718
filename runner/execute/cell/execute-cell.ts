/** The life of one cell: admitted, made, run, asked, judged, removed. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { Json } from "../../../src/json/value.ts";
import { admit } from "../../../src/policy/admit.ts";
import type { Answer } from "../../../src/policy/answer.ts";
import type { CellQuestion, HostQuestion } from "../../../src/policy/question.ts";
import { questionLine } from "../../../src/policy/question-line.ts";
import type { Tree } from "../../../src/suite/case.ts";
import type { CellEvent, CheckEvent } from "../../../src/suite/event.ts";
import { mapStrings } from "../../../src/suite/map-strings.ts";
import type { CellPlan } from "../../../src/suite/plan-cell.ts";
import { fillTokens } from "../../../src/suite/substitute.ts";
import type { Canaries } from "../jail/canaries.ts";
import { removeTree } from "../jail/remove-tree.ts";
import { callsAvailable, rawCalls } from "../probe/calls.ts";
import { emitProgram } from "../probe/elf.ts";
import {
  type Numbered,
  questionFile,
  readAnswer,
  readCalls,
  readTranscript,
  type Transcript,
} from "../probe/protocol.ts";
import { type Bounds, type Launched, launch } from "../runtime/launch.ts";
import { type CellPaths, runCommand } from "../runtime/runtime.ts";
import { withTerminal } from "../runtime/terminal.ts";
import { answerOnHost } from "./host-answers.ts";
import { blockedCell, escapedCell, judgeCell } from "./judge-cell.ts";
import { forgetCell, killCell } from "./kill-cell.ts";
import type { PreparedCell } from "./prepare-cell.ts";
import { stageCell } from "./stage.ts";
import type { Toolbox } from "./toolbox.ts";

/** What all cells of a run share. */
export interface CellWorld {
  readonly canaries: Canaries;
  readonly toolbox: Toolbox;
  /** Text of the step. */
  readonly step: string;
  /** The jail's own mount namespace, as readlink(2) shows it. */
  readonly jailMounts: string;
  /** cgroup path below which cells are placed. */
  readonly cgroups: string;
  /** State directory of the runtimes, absolute, one per runtime below it. */
  readonly runtimeRoot: string;
  readonly bounds: Bounds;
  /** Answers of the host that are the same for every cell. */
  readonly hostCalls: Map<string, Promise<Answer>>;
  /** Called before a cell's directory is removed, for --keep. */
  readonly beforeRemoval?: (cell: PreparedCell) => void;
}

/** What became of a cell: one event for itself and one for each of its checks. */
export interface ExecutedCell {
  readonly cell: CellEvent;
  readonly checks: readonly CheckEvent[];
}

/** Host paths a cell may bind beside its own directory. */
export const allowedSources: readonly string[] = ["/sys", "/etc/resolv.conf", "/etc/services", "/etc/hosts"];

/**
 * Executes `cell`. `tamper` is the one seam for mutants: it changes what the runtime gets to read, while promises and
 * goldens never see it. Never throws for what a cell or runtime does.
 */
export async function executeCell(
  cell: PreparedCell,
  world: CellWorld,
  tamper?: (config: Json) => Json,
): Promise<ExecutedCell> {
  const { plan } = cell;
  if ("code" in plan) {
    const { pointer: at, code, message: reason, promised, seen } = plan;
    const said = { ...(promised === undefined ? {} : { promised }), ...(seen === undefined ? {} : { seen }) };
    return notRun(cell, { verdict: "fail", code, reason, at, ...said });
  }
  if (cell.hang !== undefined) return notRun(cell, { verdict: "skip", code: "known-hang", reason: cell.hang });
  const config = tamper?.(cell.config) ?? cell.config;
  const [refusal] = admit(config, {
    cell: cell.directory,
    bundle: plan.bundle.bundle,
    cgroupPrefix: world.cgroups,
    allowedSources,
    knownFindings: cell.case.invalid ?? [],
  });
  if (refusal !== undefined) {
    return notRun(cell, { verdict: "error", code: refusal.code, at: refusal.pointer, reason: refusal.message });
  }
  try {
    return withoutPaths(await runAdmitted(cell, plan, config, world), cell.directory);
  } catch (error) {
    return notRun(cell, { verdict: "error", code: "cannot-execute", reason: (error as Error).message });
  } finally {
    world.beforeRemoval?.(cell);
    removeTree(cell.directory);
  }
}

/** Reports of two runs are compared: what belongs to this run alone, the cell's directory, is shown as its token. */
function withoutPaths({ cell, checks }: ExecutedCell, directory: string): ExecutedCell {
  const name = (value: Json): Json => mapStrings(value, (text) => text.replaceAll(directory, "{{cell}}"));
  return {
    cell,
    checks: checks.map((check) => ({
      ...check,
      ...(check.promised === undefined ? {} : { promised: name(check.promised) }),
      ...(check.seen === undefined ? {} : { seen: name(check.seen) }),
      ...(check.reason === undefined ? {} : { reason: check.reason.replaceAll(directory, "{{cell}}") }),
    })),
  };
}

function notRun(cell: PreparedCell, starts: Omit<CheckEvent, "type" | "id">): ExecutedCell {
  const event: CellEvent = { type: "cell", id: cell.id, argv: [], adaptations: [], exit: null, ms: 0 };
  return { cell: event, checks: blockedCell(cell, starts) };
}

/** A cell whose directory is made: what starts it. */
export interface MadeCell {
  readonly paths: CellPaths;
  /** The runtime's own command line. */
  readonly command: readonly string[];
  /** The same with whatever has to stand around it. */
  readonly launched: readonly string[];
  readonly terminal: boolean;
  readonly questions: Sorted;
  readonly callsAsked: boolean;
}

/** Makes the directory of `cell` with `config` in its bundle. Throws what the file system says. */
export function makeCell(cell: PreparedCell, plan: CellPlan, config: Json, world: CellWorld): MadeCell {
  const questions = sortQuestions(cell);
  const calls = callsAvailable(process.arch) ? questions.calls : [];
  const fixtures = fillTokens((cell.case.run?.fixtures ?? []) as unknown as Json, { cell: cell.directory });
  stageCell({
    directory: cell.directory,
    bundle: plan.bundle,
    fixtures: fixtures as unknown as Tree,
    config,
    toolbox: world.toolbox,
    step: world.step,
    probe: {
      questions: questionFile(questions.numbered, calls.length > 0),
      token: world.canaries.token,
      jail: world.jailMounts,
      ...(calls.length === 0 ? {} : { calls: emitProgram(calls.flatMap((q) => rawCalls(q.call, q.argument))) }),
    },
  });
  const paths: CellPaths = {
    root: `${world.runtimeRoot}/${cell.runtime.profile.name}`,
    log: `${cell.directory}/log.json`,
    bundle: plan.bundle.bundle,
    id: cellName(cell.directory),
  };
  const terminal = plan.config.process?.terminal === true;
  const command = runCommand(cell.runtime, plan.config, paths);
  const launched = terminal ? withTerminal(command, `${cell.directory}/typescript`) : command;
  return { paths, command, launched, terminal, questions, callsAsked: calls.length > 0 };
}

async function runAdmitted(cell: PreparedCell, plan: CellPlan, config: Json, world: CellWorld): Promise<ExecutedCell> {
  const { paths, command, launched: words, terminal, questions, callsAsked } = makeCell(cell, plan, config, world);
  const nonce = randomBytes(16).toString("hex");
  const launched = await launch(
    {
      command: words,
      input: `${nonce}\n`,
      keepInputOpen: terminal,
      cwd: plan.bundle.bundle,
      canary: world.canaries.token,
      kill: (pid) => killCell(cell.runtime, paths, pid),
    },
    world.bounds,
  );
  if (existsSync(`${paths.root}/${paths.id}`)) await forgetCell(cell.runtime, paths);
  const transcript = readTranscript(launched.stdout, nonce, terminal);
  const event: CellEvent = {
    type: "cell",
    id: cell.id,
    argv: command,
    adaptations: cell.adaptations,
    exit: launched.exit,
    ms: Math.round(launched.ms * 100) / 100,
  };
  if (transcript.state === "escaped") return { cell: event, checks: escapedCell(cell) };
  const starts = judgeStart(cell, launched, transcript, paths);
  if (transcript.state === "silent") return { cell: event, checks: blockedCell(cell, starts) };
  const book = new Map<string, Answer>();
  for (const { number, question } of questions.numbered) {
    const frame = transcript.frames.get(
      question.ask === "args" || question.ask === "descriptors" ? question.ask : number,
    );
    if (frame !== undefined) book.set(questionLine(question), readAnswer(question, frame));
  }
  answerCalls(questions.calls, callsAsked, readCalls(transcript.frames.get("calls")), book);
  for (const question of questions.host) {
    book.set(questionLine(question), await askHost(question, world, cell.directory));
  }
  return {
    cell: event,
    checks: [{ type: "check", id: cell.starts, ...starts }, ...judgeCell(cell, book)],
  };
}

/** Whether the cell started, did its step and ended as it should, with the runtime's own words where it did not. */
function judgeStart(
  cell: PreparedCell,
  launched: Launched,
  transcript: Transcript,
  paths: CellPaths,
): Omit<CheckEvent, "type" | "id"> {
  const promised = "the runtime runs the step to its end and exits with 0";
  if (launched.stopped !== undefined) {
    const reasons = {
      "time-out": "the cell did not end before its deadline and was killed",
      "output-cap": "the cell wrote more than may be kept and was killed",
      interrupted: "the run was interrupted",
      stuck: "the cell was killed and its streams did not close",
    };
    return { verdict: "error", code: launched.stopped, reason: reasons[launched.stopped] };
  }
  if (transcript.state === "answered" && transcript.complete && launched.exit === 0) return { verdict: "pass" };
  const words = runtimeWords(launched, paths);
  const how = launched.exit === null ? `signal ${launched.signal}` : `exit ${launched.exit}`;
  const what = transcript.state === "answered" ? "answers cut short" : "no answer from the step";
  return {
    verdict: "fail",
    promised,
    seen: words === "" ? `${how}, ${what}` : `${how}, ${what}: ${words}`,
    refs: [`${cell.runtime.profile.name} ${cell.runtime.version}`],
  };
}

/** What the runtime logged as errors, else what it wrote to its standard error. */
function runtimeWords(launched: Launched, paths: CellPaths): string {
  try {
    const lines = readFileSync(paths.log, "utf8").split("\n").filter(Boolean);
    const errors = lines.flatMap((line) => {
      const entry = JSON.parse(line) as { level?: string; msg?: string };
      return entry.level === "error" || entry.level === "fatal" ? [entry.msg ?? ""] : [];
    });
    if (errors.length > 0) return errors.join("; ");
  } catch {
    // no log, or one that is cut off: the standard error is all there is
  }
  return launched.stderr.trim().slice(0, 2000);
}

/** The questions of a cell by who answers them. */
export interface Sorted {
  readonly numbered: readonly Numbered[];
  readonly calls: readonly Extract<CellQuestion, { ask: "call" }>[];
  readonly host: readonly HostQuestion[];
}

/** Every question once, in the order in which the rules ask. */
function sortQuestions(cell: PreparedCell): Sorted {
  const seen = new Set<string>();
  const numbered: Numbered[] = [];
  const calls: Extract<CellQuestion, { ask: "call" }>[] = [];
  const host: HostQuestion[] = [];
  for (const question of cell.asked.flatMap(({ questions }) => questions)) {
    const line = questionLine(question);
    if (seen.has(line)) continue;
    seen.add(line);
    if (question.on === "host") host.push(question);
    else if (question.ask === "call") calls.push(question);
    else numbered.push({ number: String(numbered.length + 1), question });
  }
  return { numbered, calls, host };
}

/** One call question may be several raw calls: its answer is the first that failed, else the last. */
function answerCalls(
  questions: Sorted["calls"],
  available: boolean,
  results: readonly number[],
  book: Map<string, Answer>,
): void {
  let at = 0;
  for (const question of questions) {
    const count = rawCalls(question.call, question.argument).length;
    const own = results.slice(at, at + count);
    at += count;
    const value = own.find((result) => result < 0) ?? own.at(-1);
    if (!available) book.set(questionLine(question), { unable: `no raw system calls on ${process.arch} yet` });
    else if (own.length === count && value !== undefined) book.set(questionLine(question), { result: value });
  }
}

function askHost(question: HostQuestion, world: CellWorld, directory: string): Promise<Answer> {
  if (question.ask !== "call") return answerOnHost(question, world.canaries, directory);
  const line = questionLine(question);
  const known = world.hostCalls.get(line) ?? answerOnHost(question, world.canaries, directory);
  world.hostCalls.set(line, known);
  return known;
}

/** Container ids are of one fixed length, since some runtimes take prefixes of them. */
function cellName(directory: string): string {
  return `cupel-${directory.slice(directory.lastIndexOf("/") + 1).padStart(6, "0")}`;
}
