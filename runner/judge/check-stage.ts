/** The stage that needs no privileges: goldens, schema and policies, judged on generated documents. */
import { checkCase, scheduleCase } from "../../src/suite/check-case.ts";
import { refuseUnknownOperation } from "./known-operation.ts";
import type { Selection } from "./selection.ts";
import type { Stage } from "./stage.ts";
import { unreadableGolden } from "./unreadable-golden.ts";

/** Judges every selected case by generating it anew with our own systems. Throws CupelError for a case of an unknown system or operation; judging throws it for a golden that is no JSON. */
export function checkStage({ root, cases, goldens, policies }: Selection): Stage {
  for (const each of cases) refuseUnknownOperation(each);
  return {
    checks: cases.flatMap((each) => scheduleCase(each, policies)),
    runtimes: [],
    offers: [],
    judge: async (emit, enough) => {
      for (const each of cases) {
        if (enough()) return;
        const golden = each.expect === "golden" ? goldens.of(each.fullId) : undefined;
        for (const check of checkCase(each, golden, policies)) {
          if (check.code === "bad-golden") throw unreadableGolden(check.reason ?? "", root);
          emit(check);
        }
      }
    },
  };
}
