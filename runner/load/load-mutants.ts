/** Loads the mutants. */
import { CupelError } from "../../src/errors.ts";
import { type Mutant, readMutants } from "../../src/policy/mutant.ts";
import type { DataRoot } from "./data-root.ts";
import { listFiles } from "./list-files.ts";

/** All mutants below `mutants/` of `root`. Throws CupelError `duplicate-mutant` when two share an id. */
export function loadMutants(root: DataRoot): readonly Mutant[] {
  const places = new Map<string, string>();
  return listFiles(root, "mutants").flatMap((file) => {
    const mutants = readMutants(file.text(), file.shown);
    for (const { id } of mutants) {
      const other = places.get(id);
      if (other !== undefined) {
        throw new CupelError("duplicate-mutant", `${file.shown}: the mutant "${id}" stands in ${other} already`, {
          hint: "give it another id",
        });
      }
      places.set(id, file.shown);
    }
    return mutants;
  });
}
