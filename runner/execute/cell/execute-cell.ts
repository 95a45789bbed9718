/** The life of one cell: admitted, made, run, asked, judged, removed. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import type { Json } from "../../../src/json/value.ts";
import type { Refusal } from "../../../src/policy/admission/context.ts";
import { admit } from "../../../src/policy/admit.ts";
import type { Answer } from "../../../src/policy/answer.ts";
import type { HostQuestion } from "../../../src/policy/question.ts";
import type { CellEvent, CheckEvent } from "../../../src/suite/event.ts";
import { mapStrings } from "../../../src/suite/map-strings.ts";
import type { CellPlan } from "../../../src/suite/plan-cell.ts";
import { removeTree } from "../jail/remove-tree.ts";
import { answersExpected, readAnswer, readCalls, readTranscript } from "../probe/protocol.ts";
import { type Launched, launch } from "../runtime/launch.ts";
import type { CellWorld } from "./cell-world.ts";
import { answerOnHost } from "./host-answers.ts";
import { blockedCell, escapedCell, judgeCell } from "./judge-cell.ts";
import { judgeStart } from "./judge-start.ts";
import { forgetCell, killCell } from "./kill-cell.ts";
import { makeCell } from "./make-cell.ts";
import type { AskedQuestion, PreparedCell } from "./prepare-cell.ts";
import { refuseRealReach } from "./real-reach.ts";
import { answerCalls } from "./sort-questions.ts";

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
  return withoutPaths(await admitAndRun(cell, world, tamper), cell.directory);
}

async function admitAndRun(
  cell: PreparedCell,
  world: CellWorld,
  tamper: ((config: Json) => Json) | undefined,
): Promise<ExecutedCell> {
  const { plan } = cell;
  if (world.bounds.interrupted.aborted) {
    return notRun(cell, { verdict: "error", code: "interrupted", reason: "the run was interrupted" });
  }
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
  if (refusal !== undefined) return refused(cell, refusal);
  try {
    return await runAdmitted(cell, plan, config, world);
  } catch (error) {
    return notRun(cell, { verdict: "error", code: "cannot-execute", reason: (error as Error).message });
  } finally {
    try {
      world.beforeRemoval?.(cell);
    } finally {
      removeTree(cell.directory);
    }
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

function refused(cell: PreparedCell, { code, pointer: at, message: reason }: Refusal): ExecutedCell {
  return notRun(cell, { verdict: "error", code, at, reason });
}

function notRun(cell: PreparedCell, starts: Omit<CheckEvent, "type" | "id">): ExecutedCell {
  const event: CellEvent = { type: "cell", id: cell.id, argv: [], adaptations: [], exit: null, ms: 0 };
  return { cell: event, checks: blockedCell(cell, starts) };
}

async function runAdmitted(cell: PreparedCell, plan: CellPlan, config: Json, world: CellWorld): Promise<ExecutedCell> {
  const { paths, command, launched: words, terminal, questions, callsAsked } = makeCell(cell, plan, config, world);
  const [refusal] = refuseRealReach(config, plan.bundle.bundle, cell.directory);
  if (refusal !== undefined) return refused(cell, refusal);
  const nonce = randomBytes(16).toString("hex");
  const start = (): Promise<Launched> =>
    launch(
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
  const launched = await (world.slots?.within(start) ?? start());
  if (existsSync(`${paths.root}/${paths.id}`)) await forgetCell(cell.runtime, paths);
  const asked = answersExpected(questions.numbered, callsAsked);
  const transcript = readTranscript(launched.stdout, nonce, terminal, asked);
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
  // What a cell said before it was killed is no verdict: all of it may be half the truth.
  if (transcript.state === "silent" || launched.stopped !== undefined)
    return { cell: event, checks: blockedCell(cell, starts) };
  const book = new Map<string, Answer>();
  for (const { number, line, question } of questions.numbered) {
    const frame = transcript.frames.get(
      question.ask === "args" || question.ask === "descriptors" ? question.ask : number,
    );
    if (frame !== undefined) book.set(line, readAnswer(question, frame));
  }
  answerCalls(questions.calls, callsAsked, readCalls(transcript.frames.get("calls")), book);
  for (const asked of questions.host) book.set(asked.line, await askHost(asked, world, cell.directory));
  return {
    cell: event,
    checks: [{ type: "check", id: cell.starts, ...starts }, ...judgeCell(cell, book)],
  };
}

/** What a raw call gives on the host is the same for every cell, so it is asked once a run. */
function askHost(
  { line, question }: AskedQuestion<HostQuestion>,
  world: CellWorld,
  directory: string,
): Promise<Answer> {
  if (question.ask !== "call") return answerOnHost(question, world.canaries, directory);
  const known = world.hostCalls.get(line) ?? answerOnHost(question, world.canaries, directory);
  world.hostCalls.set(line, known);
  return known;
}
