/** The profile of every sandboxed step, which depends on nothing but the architecture: put together once. */
import { defaultCapabilities } from "./confinement.ts";
import { type Profile, profiledArchitectures, seccompProfile } from "./seccomp-profile.ts";

const profiles: ReadonlyMap<string, Profile> = new Map(
  profiledArchitectures.map((arch) => [arch, seccompProfile(defaultCapabilities, arch)]),
);
const elsewhere = seccompProfile(defaultCapabilities, "");

/** The profile that a daemon built for `arch` attaches to a step in the sandbox. */
export function sandboxProfile(arch: string): Profile {
  return profiles.get(arch) ?? elsewhere;
}
