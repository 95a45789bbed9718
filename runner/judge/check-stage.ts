/** The stage that needs no privileges: goldens, schema and policies, judged on generated documents. */
import { CupelError } from "../../src/errors.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { checkCase, scheduleCase } from "../../src/suite/check-case.ts";
import { findOperation } from "../../src/systems/registry.ts";
import type { DataRoot } from "../load/data-root.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** Judges every selected case by generating it anew with our own systems. Throws CupelError for a case of an unknown system or operation; judging throws it for a golden that is no JSON. */
export function checkStage({ root, cases, goldens, policies }: Selection): Stage {
  for (const each of cases) refuseUnknownOperation(each);
  return {
    checks: cases.flatMap((each) => scheduleCase(each, policies)),
    runtimes: [],
    offers: [],
    judge: async (emit) => {
      for (const each of cases) {
        const golden = each.expect === "golden" ? goldens.of(each.fullId) : undefined;
        for (const check of checkCase(each, golden, policies)) {
          if (check.code === "bad-golden") throw unreadable(check.reason ?? "", root);
          emit(check);
        }
      }
    },
  };
}

/** A golden that is no JSON is wrong input, and says nothing about a generator. */
function unreadable(reason: string, root: DataRoot): CupelError {
  return new CupelError("bad-golden", root.prefix + reason, { hint: "bring it back from version control" });
}

/** Said here, where the case can be named. */
function refuseUnknownOperation({ fullId, system, operation }: PlacedCase): void {
  try {
    findOperation(system, operation);
  } catch (error) {
    if (!(error instanceof CupelError)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    throw new CupelError(error.code, `${fullId}: ${error.message}`, hint);
  }
}
