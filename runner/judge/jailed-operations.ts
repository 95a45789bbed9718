/**
 * Cases whose operation itself makes namespaces and runs a command in them, as metalor's `cell` and `command` do: performed
 * for real in the jail, one after the other, and compared with what was recorded.
 */
import { CupelError } from "../../src/errors.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { judgeGolden } from "../../src/suite/golden.ts";
import { needsJail } from "../../src/suite/needs-jail.ts";
import { takesSystem } from "../../src/suite/profile.ts";
import { findOperation } from "../../src/systems/registry.ts";
import { runCheckId } from "../execute/cell/prepare-cell.ts";
import type { Caller } from "../execute/jail/can-jail.ts";
import type { RunRequest } from "../execute/run-cells.ts";
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
}

/** Performs `operation` and judges its outcome. To be called in the jail. */
export async function judgeOperation(operation: JailedOperation, performing: Performing): Promise<CheckEvent> {
  const { case: c, check: id } = operation;
  const error = (code: string, reason: string): CheckEvent => ({ type: "check", id, verdict: "error", code, reason });
  if (performing.interrupted.aborted) return error("interrupted", "the run was interrupted");
  if (!performing.trusted) {
    return error("refused-to-run", "the case runs a command of its own; --trust-commands lets it");
  }
  if (c.needs?.includes("root") === true && performing.caller !== "privileged") {
    return skipOperation(operation, "it was recorded as root, and another user gets something else");
  }
  try {
    const { performReal } = await import("../host/perform-real.ts");
    const outcome = performReal(c, findOperation(c.system, c.operation));
    return { ...judgeGolden(c, performing.selection.goldens.of(c.fullId), outcome), id };
  } catch (problem) {
    if (!(problem instanceof CupelError)) throw problem;
    return error(problem.code, problem.message);
  }
}
