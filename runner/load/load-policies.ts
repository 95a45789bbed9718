/** Loads the named policies. */
import { CupelError } from "../../src/errors.ts";
import { type Policy, readPolicy } from "../../src/policy/read-policy.ts";
import { type DataRoot, shippedRoot } from "./data-root.ts";
import { listFiles } from "./list-files.ts";

/** The shipped policies, and those of `root` when it is a user's. Throws CupelError `duplicate-policy` when two share a name. */
export function loadPolicies(root: DataRoot): readonly Policy[] {
  const files = [shippedRoot, ...(root.shipped ? [] : [root])].flatMap((each) => listFiles(each, "policies"));
  const places = new Map<string, string>();
  return files.map((file) => {
    const policy = readPolicy(file.text(), file.shown);
    const other = places.get(policy.name);
    if (other !== undefined) {
      throw new CupelError(
        "duplicate-policy",
        `${file.shown}: the policy "${policy.name}" stands in ${other} already`,
        {
          hint: "give it another name",
        },
      );
    }
    places.set(policy.name, file.shown);
    return policy;
  });
}
