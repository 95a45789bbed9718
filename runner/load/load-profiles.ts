/** Loads the profiles of runtimes. */
import { CupelError } from "../../src/errors.ts";
import { type Profile, readProfile } from "../../src/suite/profile.ts";
import { type DataRoot, shippedRoot } from "./data-root.ts";
import { listFiles } from "./list-files.ts";

/** The shipped profiles, and those of `root` when it is a user's. Throws CupelError `duplicate-profile` when two share a name. */
export function loadProfiles(root: DataRoot): readonly Profile[] {
  const places = new Map<string, string>();
  const files = [shippedRoot, ...(root.shipped ? [] : [root])].flatMap((each) => listFiles(each, "profiles"));
  return files.map((file) => {
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
