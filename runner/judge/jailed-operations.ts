/**
 * Cases whose operation itself makes namespaces and runs a command in them, as metalor's `cell` and `command` do: performed
 * for real in the jail and compared with what was recorded.
 */
import { availableParallelism } from "node:os";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { judgeGolden } from "../../src/suite/golden.ts";
import { needsJail } from "../../src/suite/needs-jail.ts";
import { takesSystem } from "../../src/suite/profile.ts";
import { runCheckId } from "../execute/cell/prepare-cell.ts";
import type { Caller } from "../execute/jail/can-jail.ts";
import type { RunRequest } from "../execute/run-request.ts";
import type { CaseAnswer } from "../host/perform-cases.ts";
import type { Selection } from "./selection.ts";

/** One such case on one runtime. */
export interface JailedOperation {
  readonly case: PlacedCase;
  /** Name of the runtime. */
  readonly runtime: string;
  /** Id of its one check. */
  readonly check: string;
}

/** The cases of `selection` that a runtime of `runtimes` performs; only runtimes of our own kind do. */
export function jailedOperations(
  { cases }: Pick<Selection, "cases">,
  runtimes: RunRequest["runtimes"],
  caller: Caller,
): readonly JailedOperation[] {
  return runtimes
    .filter(({ profile }) => profile.kind === "unshare")
    .flatMap(({ profile }) =>
      cases
        .filter((c) => takesSystem(profile, c.system) && needsJail(c))
        .map((c) => ({
          case: c,
          runtime: profile.name,
          check: runCheckId(c.fullId, "outcome", "cell", profile.name, caller),
        })),
    );
}

/** The skip of one that cannot be performed here. */
export function skipOperation({ check: id }: JailedOperation, reason: string): CheckEvent {
  return { type: "check", id, verdict: "skip", code: "not-executable-here", reason };
}

/** How operations are performed. */
export interface Performing {
  readonly selection: Selection;
  readonly caller: Caller;
  /** Whether their commands are trusted: they are the cases' own, and run as the caller. */
  readonly trusted: boolean;
  readonly interrupted: AbortSignal;
  /** A directory of the jail's own. */
  readonly work: string;
  /** How many processes may perform them side by side. */
  readonly jobs: number;
}

/** Performs `operations` and judges their outcomes, until `enough`. To be called in the jail. */
export async function judgeOperations(
  operations: readonly JailedOperation[],
  performing: Performing,
  emit: (check: CheckEvent) => void,
  enough: () => boolean,
): Promise<void> {
  const ready = operations.filter((operation) => {
    const obstacle = obstacleOf(operation, performing);
    if (obstacle !== undefined) emit(obstacle);
    return obstacle === undefined;
  });
  const count = Math.max(1, Math.min(performing.jobs, availableParallelism(), ready.length));
  const shares = Array.from({ length: count }, (_, share) => ready.filter((_, index) => index % count === share));
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  performing.interrupted.addEventListener("abort", interrupt, { once: true });
  if (performing.interrupted.aborted) interrupt();
  const { performApart } = await import("../host/perform-apart.ts");
  await Promise.all(
    shares.map(async (share) => {
      const owed = new Set(share);
      const cases = share.map((operation) => operation.case);
      const why = await performApart(cases, performing.work, stop.signal, (index, answer) => {
        const operation = share[index];
        if (operation === undefined || enough()) return stop.abort();
        if (owed.delete(operation)) emit(judgeAnswer(operation, answer, performing));
      });
      if (!enough()) for (const operation of owed) emit(unanswered(operation, why, performing));
    }),
  );
  performing.interrupted.removeEventListener("abort", interrupt);
}

/** What keeps an operation from being performed at all. */
function obstacleOf(operation: JailedOperation, { trusted, caller }: Performing): CheckEvent | undefined {
  if (!trusted) {
    return failed(operation, "refused-to-run", "the case runs a command of its own; --trust-commands lets it");
  }
  const needsRoot = operation.case.needs?.includes("root") === true && caller !== "privileged";
  return needsRoot
    ? skipOperation(operation, "it was recorded as root, and another user gets something else")
    : undefined;
}

function judgeAnswer(operation: JailedOperation, answer: CaseAnswer, { selection }: Performing): CheckEvent {
  if ("error" in answer) {
    // What this machine lacks is no verdict, as with a runtime that is not installed.
    if (answer.code === "missing-tool") return skipOperation(operation, `${answer.error}; cupel doctor names the cure`);
    return failed(operation, answer.code, answer.error);
  }
  const { case: c, check: id } = operation;
  return { ...judgeGolden(c, selection.goldens.of(c.fullId), answer.outcome), id };
}

function unanswered(operation: JailedOperation, why: string | undefined, { interrupted }: Performing): CheckEvent {
  if (interrupted.aborted) return failed(operation, "interrupted", "the run was interrupted");
  return failed(
    operation,
    "helper-died",
    `the process that performs it ended before it was done (${why ?? "no answer"})`,
  );
}

function failed({ check: id }: JailedOperation, code: string, reason: string): CheckEvent {
  return { type: "check", id, verdict: "error", code, reason };
}
