/** The checks of a runtime of which nothing can be executed. */
import type { PlacedCase } from "../../src/suite/case.ts";
import type { CheckEvent } from "../../src/suite/event.ts";
import { type Profile, takesSystem } from "../../src/suite/profile.ts";
import { runCheckId } from "./cell/prepare-cell.ts";

/** The skips of a runtime that is not here: one for each case that it would take. */
export function skipAll(cases: readonly PlacedCase[], profile: Profile, reason: string): readonly CheckEvent[] {
  return startsOf(cases, profile).map((id) => ({
    type: "check",
    id,
    verdict: "skip",
    code: "not-executable-here",
    reason,
  }));
}

/** The first check of each cell that a runtime of this profile would be given. */
export function startsOf(cases: readonly PlacedCase[], profile: Profile): readonly string[] {
  return cases
    .filter(({ system }) => takesSystem(profile, system))
    .map((c) => runCheckId(c.fullId, "starts", "cell", profile.name, c.run?.caller ?? "privileged"));
}
