/** What a system itself does to the files around a cell: it stages them before, and collects and removes them after. */
import { CupelError } from "../../../src/errors.ts";
import type { Answer } from "../../../src/policy/answer.ts";
import { findOperation } from "../../../src/systems/registry.ts";
import { Rejection } from "../../../src/systems/rejection.ts";
import type { BundlePlan, PlannedOperation } from "../../../src/systems/system.ts";
import { realHost } from "../../host/real-host.ts";
import type { PreparedCell } from "./prepare-cell.ts";

/** Stages the cell. Gives why that is not possible, in the system's words. */
export function prepareAround(cell: PreparedCell, { around }: BundlePlan): string | undefined {
  return around === undefined ? undefined : performWithin(cell, around.before);
}

/** Finishes the cell, whose command succeeded or not. Gives why that is not possible, in the system's words. */
export function finishAround(cell: PreparedCell, { around }: BundlePlan, succeeded: boolean): string | undefined {
  if (around === undefined) return undefined;
  return performWithin(cell, succeeded ? around.afterSuccess : around.afterFailure);
}

/**
 * The answer to a `collected` question about `path` when the system has finished the cell, or refused to for the reason
 * `refusal`: what is missing then is missing for that reason, and what would have been removed says nothing.
 */
export function collectedAnswer(
  answer: Answer,
  path: string,
  { afterwards = [] }: BundlePlan,
  refusal?: string,
): Answer {
  if (refusal === undefined) return answer;
  if (afterwards.some((each) => each.path === path)) return { unable: refusal };
  return "text" in answer && answer.text === "not there" ? { failed: refusal } : answer;
}

/** Its hands reach no further than the cell's own directory. */
function performWithin(cell: PreparedCell, { operation, request }: PlannedOperation): string | undefined {
  try {
    findOperation(cell.case.system, operation).run(request, {}, realHost(cell.directory));
    return undefined;
  } catch (error) {
    if (error instanceof Rejection || error instanceof CupelError) return `${operation}: ${error.message}`;
    throw error;
  }
}
