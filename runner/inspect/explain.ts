/** The work of `cupel explain`. */
import { relative } from "node:path";
import { CupelError } from "../../src/errors.ts";
import { selectIds } from "../../src/glob.ts";
import { findRule, rules } from "../../src/policy/rules.ts";
import type { Context } from "../arguments/command.ts";
import { nearest } from "../arguments/nearest.ts";
import { dataRoot } from "../load/data-root.ts";
import { loadCases } from "../load/load-cases.ts";
import { loadGoldens } from "../load/load-goldens.ts";
import { loadMutants } from "../load/load-mutants.ts";
import { loadPolicies } from "../load/load-policies.ts";
import { colorOption } from "../terminal/color-option.ts";
import { paintFor } from "../terminal/paint.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import { explainCase } from "./explain-case.ts";
import { explainRule } from "./explain-rule.ts";
import type { PageStyle } from "./page.ts";

/**
 * Explains what `name` names: a rule by its id, else a case by its full id (a check id will do). Throws CupelError
 * `no-match` (exit 4) when it is neither, `ambiguous` when several cases match.
 */
export function explain(context: Context, name: string): number {
  const { stdout, env, flags, cwd } = context;
  const root = dataRoot(flags.value("cases"), cwd);
  const style: PageStyle = {
    paint: paintFor(wantsColor(stdout, env, colorOption(flags))),
    columns: stdout.columns,
    again: flags.value("cases"),
    tableAt: nearestName(root.directory, cwd),
  };
  if (rules.some(({ id }) => id === name)) {
    stdout.write(explainRule(findRule(name), loadPolicies(root), loadMutants(root), style));
    return 0;
  }
  const cases = loadCases(root);
  const id = caseId(
    name.split("#", 1).join(),
    cases.map(({ fullId }) => fullId),
  );
  const found = cases.find(({ fullId }) => fullId === id);
  if (found === undefined) throw new Error(`The case ${id} has gone`);
  const golden = loadGoldens(root, cases, true).of(id);
  stdout.write(explainCase(found, golden, loadPolicies(root), style));
  return 0;
}

function caseId(name: string, ids: readonly string[]): string {
  if (!name.includes("/")) {
    const names = rules.map(({ id }) => id);
    const meant = nearest(name, names);
    throw new CupelError("no-match", `there is no rule ${name}`, {
      exit: 4,
      hint:
        meant === undefined
          ? "cupel list rules shows all rules; a case is named SYSTEM/AREA/CASE"
          : `did you mean ${meant}? cupel list rules shows all rules`,
    });
  }
  const [first = "", ...others] = selectIds([name], ids);
  if (others.length === 0) return first;
  const some = [first, ...others].slice(0, 5).join(", ");
  throw new CupelError("ambiguous", `${name} names ${others.length + 1} cases; explain takes one`, {
    hint: `e.g. ${some}`,
  });
}

/** A directory as seen from `cwd` where it lies below it, else absolute. */
function nearestName(directory: string, cwd: string): string {
  const path = relative(cwd, directory);
  if (path === "") return "";
  return path.startsWith("..") ? `${directory.replace(/\/+$/, "")}/` : `${path}/`;
}
