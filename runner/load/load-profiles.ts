/** Loads the profiles of runtimes. */
import { resolve } from "node:path";
import { CupelError } from "../../src/errors.ts";
import { type Profile, readProfile } from "../../src/suite/profile.ts";
import type { Flags } from "../arguments/option.ts";
import { type DataRoot, dataRoot, shippedRoot } from "./data-root.ts";
import { listFiles } from "./list-files.ts";
import { readUserFile } from "./read-file.ts";

/**
 * The shipped profiles, those of `root` when it is a user's, and those in the files `given` (below `cwd`). Throws CupelError
 * `duplicate-profile` when two share a name.
 */
export function loadProfiles(root: DataRoot, given: readonly string[] = [], cwd = ""): readonly Profile[] {
  const places = new Map<string, string>();
  const files = [shippedRoot, ...(root.shipped ? [] : [root])].flatMap((each) => listFiles(each, "profiles"));
  const named = given.map((shown) => ({ shown, text: () => readUserFile(resolve(cwd, shown), shown) }));
  return [...files, ...named].map((file) => {
    const profile = readProfile(file.text(), file.shown);
    const other = places.get(profile.name);
    if (other !== undefined) {
      const problem = `${file.shown}: the profile "${profile.name}" stands in ${other} already`;
      throw new CupelError("duplicate-profile", problem, { hint: "give it another name" });
    }
    places.set(profile.name, file.shown);
    return profile;
  });
}

/** Every profile that a command line can name: shipped, of `--cases`, of `--profile`. Throws as {@link loadProfiles}. */
export function profilesAtHand({ flags, cwd }: { readonly flags: Flags; readonly cwd: string }): readonly Profile[] {
  const given = flags.declares("profile") ? flags.list("profile") : [];
  return loadProfiles(dataRoot(flags.value("cases"), cwd), given, cwd);
}
