/** The profile of a runtime that nobody has, for tests of what a member of it does. */
import { type Profile, readProfile } from "../../src/suite/profile.ts";

/** A profile that says as little as a profile can, and `more`. Throws CupelError where `more` is none of it. */
export function profileWith(more: object): Profile {
  const launched = { versionArgs: [], run: ["{runtime}"], flags: [], kill: ["{runtime}"], delete: ["{runtime}"] };
  const limits = { wraps: [], cannotObserve: {}, hangs: [], terminal: "none" };
  return readProfile(JSON.stringify({ name: "x", ...launched, ...limits, ...more }), "p.json");
}
