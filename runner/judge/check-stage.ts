/** The stage that needs no privileges: goldens, schema and policies, judged on generated documents. */
import { CupelError } from "../../src/errors.ts";
import { checkCase, scheduleCase } from "../../src/suite/check-case.ts";
import type { DataRoot } from "../load/data-root.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";

/** Judges every selected case by generating it anew with our own systems. Judging throws CupelError for a golden that is no JSON. */
export function checkStage({ root, cases, goldens, policies }: Selection): Stage {
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
