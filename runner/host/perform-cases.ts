/** Performs cases for real, in this process, which is there for nothing else. */
import { CupelError } from "../../src/errors.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import type { Outcome } from "../../src/suite/perform.ts";
import { findOperation } from "../../src/systems/registry.ts";
import { performReal } from "./perform-real.ts";

/** What came of one case. */
export type CaseAnswer =
  | { readonly outcome: Outcome }
  /** The machine had no answer. */
  | { readonly error: string; readonly code: string };

/** Performs `cases`, one after the other, below the directory `within`, and tells of each by its place in the list. */
export function performCases(
  cases: readonly PlacedCase[],
  within: string,
  tell: (index: number, answer: CaseAnswer) => void,
): void {
  for (const [index, each] of cases.entries()) tell(index, performOne(each, within));
}

function performOne(each: PlacedCase, within: string): CaseAnswer {
  try {
    return { outcome: performReal(each, findOperation(each.system, each.operation), within) };
  } catch (problem) {
    if (!(problem instanceof CupelError)) throw problem;
    return { error: problem.message, code: problem.code };
  }
}
