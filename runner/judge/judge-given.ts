/** Turns what somebody else made of a case into the events of its checks. */
import type { PlacedCase } from "../../src/suite/case.ts";
import { judgeCase, scheduleCase } from "../../src/suite/check-case.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import type { Outcome } from "../../src/suite/perform.ts";
import type { Selection } from "./selection.ts";
import { unreadableGolden } from "./unreadable-golden.ts";

/** What an implementation made of a case; `errors` is what it said on the side. */
export type Given = (
  | { readonly outcome: Outcome }
  /** It says, or is known, not to implement this. */
  | { readonly skip: { readonly code: string; readonly reason: string } }
  /** It owed an answer. */
  | { readonly error: { readonly code: string; readonly reason: string } }
) & { readonly errors?: string };

/** One event for each check of `c`. Throws CupelError for a golden that is no JSON. */
export function judgeGiven(c: PlacedCase, given: Given, { root, goldens, policies }: Selection): readonly CheckEvent[] {
  const checks =
    "outcome" in given
      ? judgeCase(c, c.expect === "golden" ? goldens.of(c.fullId) : undefined, policies, given.outcome)
      : unjudged(scheduleCase(c, policies), given);
  const bad = checks.find(({ code }) => code === "bad-golden");
  if (bad !== undefined) throw unreadableGolden(bad.reason ?? "", root);
  return withErrors(checks, given.errors ?? "");
}

function unjudged(ids: readonly string[], given: Exclude<Given, { readonly outcome: Outcome }>): readonly CheckEvent[] {
  if ("skip" in given) return ids.map((id) => ({ type: "check", id, verdict: "skip", ...given.skip }));
  const [first = "", ...rest] = ids;
  const { code, reason } = given.error;
  return [
    { type: "check", id: first, verdict: "error", code, reason },
    ...rest.map(
      (id): CheckEvent => ({ type: "check", id, verdict: "skip", code: "blocked", reason: `blocked by ${first}` }),
    ),
  ];
}

/** Standard error is shown once for a case, where something went wrong. */
function withErrors(checks: readonly CheckEvent[], stderr: string): readonly CheckEvent[] {
  const at = checks.findIndex(({ verdict }) => verdict === "fail" || verdict === "error");
  if (stderr === "" || at < 0) return checks;
  return checks.map((check, index) => (index === at ? { ...check, stderr } : check));
}
