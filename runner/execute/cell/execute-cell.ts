/** The life of one cell: admitted, made, run, asked, judged, removed. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import type { Json } from "../../../src/json/value.ts";
import type { Config } from "../../../src/oci/config.ts";
import type { Refusal } from "../../../src/policy/admission/context.ts";
import { exceptionsNamed } from "../../../src/policy/admission/exceptions.ts";
import { admit } from "../../../src/policy/admit.ts";
import type { Answer } from "../../../src/policy/answer.ts";
import { questionLine } from "../../../src/policy/question-line.ts";
import { kernelQuestion } from "../../../src/policy/tried-call.ts";
import type { CellEvent, CheckEvent } from "../../../src/suite/event.ts";
import type { CellPlan } from "../../../src/suite/plan-cell.ts";
import { removeTree } from "../jail/remove-tree.ts";
import { answersExpected, holdMark, readAnswer, readCalls, readTranscript } from "../probe/protocol.ts";
import { lackingCapabilities } from "../runtime/lacking-capabilities.ts";
import { type Launched, launch } from "../runtime/launch.ts";
import { whyNotRun } from "../runtime/runtime.ts";
import { changedPromise, startable } from "../runtime/startable.ts";
import { collectedAnswer, finishAround, prepareAround } from "./around-cell.ts";
import type { CellWorld } from "./cell-world.ts";
import { answerOnHost } from "./host-answers.ts";
import { askCalls } from "./host-calls.ts";
import { blockedCell, escapedCell, judgeCell } from "./judge-cell.ts";
import { judgeStart } from "./judge-start.ts";
import { keepInCgroup } from "./keep-in-cgroup.ts";
import { forgetCell, killCell } from "./kill-cell.ts";
import { liveCgroup } from "./live-cgroup.ts";
import { makeCell } from "./make-cell.ts";
import { judgeOwnCommand, mayRunOwnCommand, runsOwnCommand } from "./own-command.ts";
import { placePrepared } from "./place-prepared.ts";
import { knownHang, type PreparedCell } from "./prepare-cell.ts";
import { refuseRealReach } from "./real-reach.ts";
import { askReference } from "./reference-cell.ts";
import { answerCalls, isCounted } from "./sort-questions.ts";
import { standInAnswer } from "./stand-in.ts";
import { withoutPaths } from "./without-paths.ts";

/** What became of a cell: one event for itself and one for each of its checks. */
export interface ExecutedCell {
  readonly cell: CellEvent;
  readonly checks: readonly CheckEvent[];
}

/** Host paths a cell may bind beside its own directory. */
export const allowedSources: readonly string[] = ["/sys", "/etc/resolv.conf", "/etc/services", "/etc/hosts"];

/** Devices of the host a cell may bind; without effect on anybody else whatever is written to them. */
export const allowedDevices: readonly string[] = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

/**
 * Executes `cell`. `tamper` is the one seam for mutants: it changes what the runtime gets to read, while promises and
 * goldens never see it. Never throws for what a cell or runtime does.
 */
export async function executeCell(
  cell: PreparedCell,
  world: CellWorld,
  tamper?: (config: Json) => Json,
): Promise<ExecutedCell> {
  return withoutPaths(await admitAndRun(cell, world, tamper), cell.directory, world.cgroups);
}

/** What a cell says of its kernel, where its rules ask. */
const kernelLine = questionLine(kernelQuestion);

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
    const { pointer: at, code, verdict = "fail", message: reason, promised, seen } = plan;
    const said = { ...(promised === undefined ? {} : { promised }), ...(seen === undefined ? {} : { seen }) };
    return notRun(cell, { verdict, code, reason, at, ...said });
  }
  const { unsuited } = cell;
  if (unsuited !== undefined) return notRun(cell, { verdict: "skip", code: "not-executable-here", reason: unsuited });
  const config = tamper === undefined ? cell.config : keepInCgroup(tamper(cell.config), cell, world.cgroups);
  const [refusal] = admit(config, {
    cell: cell.directory,
    bundle: plan.bundle.bundle,
    cgroupPrefix: world.cgroups,
    allowedSources,
    allowedDevices,
    knownFindings: cell.case.invalid ?? [],
    allow: world.shipped === true ? exceptionsNamed(plan.config) : [],
    trustCommands: world.trustCommands === true && mayRunOwnCommand(cell, plan, config),
  });
  if (refusal !== undefined) return refused(cell, refusal);
  const reason = whyNotRun(cell.runtime, config as unknown as Config);
  if (reason !== undefined) return notRun(cell, { verdict: "skip", code: "not-carried-out", reason });
  const lacking = lackingCapabilities(config as unknown as Config);
  if (lacking !== undefined) return notRun(cell, { verdict: "skip", code: "not-executable-here", reason: lacking });
  try {
    const hang = tamper === undefined ? cell.hang : knownHang(cell.runtime, config as unknown as Config);
    if (hang !== undefined) {
      const hung = notRun(cell, { verdict: "skip", code: "known-hang", reason: hang });
      return await runWithout(hung, cell, plan, config, world);
    }
    const first = await runAdmitted(cell, plan, config, world);
    const [starts] = first.checks;
    if (starts?.verdict !== "fail" || starts.code !== undefined) return first;
    return await runWithout(first, cell, plan, config, world);
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

/**
 * What can be seen of a cell that did not start (`first`) when what keeps its runtime from starting it is left out. That it did
 * not start stays; so do the promises blocked that speak of what was left out.
 */
async function runWithout(
  first: ExecutedCell,
  cell: PreparedCell,
  plan: CellPlan,
  config: Json,
  world: CellWorld,
): Promise<ExecutedCell> {
  const rest = startable(cell.runtime.profile, config);
  if (rest === undefined) return first;
  removeTree(cell.directory);
  const { cell: event, checks } = await runAdmitted(cell, plan, rest.config, world);
  if (checks.find(({ id }) => id === cell.starts)?.verdict !== "pass") return first;
  const changed = changedPromise(config as unknown as Config, rest.config as unknown as Config);
  const gone = new Set(cell.asked.filter(({ promised }) => changed(promised)).map(({ check }) => check));
  const kept = checks.filter(({ id }) => id !== cell.starts && !gone.has(id));
  const seen = new Map(kept.map((check) => [check.id, check]));
  const adaptations = [...event.adaptations, ...rest.reasons.map((reason) => `for all but the start: ${reason}`)];
  return { cell: { ...event, adaptations }, checks: first.checks.map((check) => seen.get(check.id) ?? check) };
}

function refused(cell: PreparedCell, { code, pointer: at, message: reason }: Refusal): ExecutedCell {
  return notRun(cell, { verdict: "error", code, at, reason });
}

function notRun(cell: PreparedCell, starts: Omit<CheckEvent, "type" | "id">): ExecutedCell {
  const event: CellEvent = { type: "cell", id: cell.id, argv: [], adaptations: [], exit: null, ms: 0 };
  return { cell: event, checks: blockedCell(cell, starts) };
}

async function runAdmitted(cell: PreparedCell, plan: CellPlan, config: Json, world: CellWorld): Promise<ExecutedCell> {
  const made = makeCell(cell, plan, config, world);
  const { paths, command, launched: words, terminal, questions, calls } = made;
  const unprepared = prepareAround(cell, plan.bundle);
  if (unprepared !== undefined) return notRun(cell, { verdict: "fail", code: "not-prepared", seen: unprepared });
  const [reach] = refuseRealReach(config, plan.bundle.bundle, cell.directory);
  if (reach !== undefined) return refused(cell, reach);
  placePrepared(calls, { directory: cell.directory, rootfs: plan.bundle.rootfs, nodes: world.nodes });
  const nonce = randomBytes(16).toString("hex");
  const live = new Map<string, Answer>();
  const hold = {
    mark: holdMark(nonce),
    during: (pid: number): void => {
      for (const { line, question } of questions.host) {
        if (question.ask === "cgroup") live.set(line, liveCgroup(pid));
        if (question.ask !== "stand-in") continue;
        live.set(line, standInAnswer(pid, cell.runtime.profile.standIns?.[question.file] ?? "", question.file));
      }
    },
  };
  const start = (): Promise<Launched> =>
    launch(
      {
        command: words,
        input: `${nonce}\n`,
        keepInputOpen: terminal,
        ...(isCounted(questions) ? { hold } : {}),
        cwd: plan.bundle.bundle,
        canary: world.canaries.token,
        kill: (pid) => killCell(cell.runtime, paths, pid),
      },
      world.bounds,
    );
  const launched = await (world.slots?.within(start) ?? start());
  if (existsSync(`${paths.root}/${paths.id}`)) await forgetCell(cell.runtime, paths);
  const asked = answersExpected(questions.numbered, calls.length > 0);
  const transcript = readTranscript(launched.stdout, nonce, terminal, asked);
  const event: CellEvent = {
    type: "cell",
    id: cell.id,
    argv: command,
    adaptations: [...cell.adaptations, ...made.adaptations],
    exit: launched.exit,
    ms: Math.round(launched.ms * 100) / 100,
  };
  if (runsOwnCommand(plan)) return { cell: event, checks: judgeOwnCommand(cell, plan, launched, paths) };
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
  answerCalls(questions.calls, readCalls(transcript.frames.get("calls")), book);
  askCalls(questions.host, world.hostCalls, cell.directory, world.nodes);
  const kernel = book.get(kernelLine);
  const hasOwn = kernel !== undefined && "text" in kernel && kernel.text !== world.jail.kernel;
  const reference = hasOwn ? await askReference(cell, config, questions.host, world) : new Map<string, Answer>();
  for (const { line, question } of questions.host) {
    if (question.ask === "collected") continue;
    const answer = live.get(line) ?? reference.get(line) ?? (await world.hostCalls.get(line));
    book.set(line, answer ?? answerOnHost(question, world.canaries));
  }
  const refusal = finishAround(cell, plan.bundle, launched.exit === 0);
  for (const { line, question } of questions.host) {
    if (question.ask !== "collected") continue;
    const answer = answerOnHost(question, world.canaries);
    book.set(line, collectedAnswer(answer, question.path, plan.bundle, refusal));
  }
  return {
    cell: event,
    checks: [{ type: "check", id: cell.starts, ...starts }, ...judgeCell(cell, book)],
  };
}
