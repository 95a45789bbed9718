/** `cupel check --update`: renews the goldens that are our own. */
import { CupelError } from "../../src/errors.ts";
import { printJson } from "../../src/json/print.ts";
import type { PlacedCase } from "../../src/suite/case.ts";
import { judgeGolden } from "../../src/suite/golden.ts";
import { needsJail } from "../../src/suite/needs-jail.ts";
import { type Outcome, perform } from "../../src/suite/perform.ts";
import { printable } from "../../src/suite/printable.ts";
import { findOperation } from "../../src/systems/registry.ts";
import type { Context } from "../arguments/command.ts";
import { usageError } from "../arguments/usage-error.ts";
import { writeGolden } from "../load/write-golden.ts";
import type { Selection } from "./selection.ts";

/** Exit code of every updating run: goldens that were just written have not been judged. */
const updated = 1;

/**
 * Writes the golden of every selected case that is recorded from "ours" and differs from what our generator gives now.
 * Throws CupelError, before anything is written: `refused-update` (in CI; or a golden recorded from upstream differs).
 */
export async function updateGoldens(context: Context, { root, cases, goldens }: Selection): Promise<number> {
  const { env, stdout, flags } = context;
  if ((env["CI"] ?? "") !== "" && env["CI"] !== "false") {
    throw new CupelError("refused-update", "--update never runs in CI (the environment has CI set)", {
      hint: "update on your own machine, look at the difference, and commit it",
    });
  }
  if (flags.list("reporter").length > 0) throw usageError("--update judges nothing, so there is nothing to report");
  const differing = cases
    // Nothing in memory is like a namespace: those are left alone.
    .filter((each) => each.expect === "golden" && !needsJail(each))
    .map((each) => ({ case: each, outcome: perform(each, findOperation(each.system, each.operation)) }))
    .filter(({ case: each, outcome }) => judgeGolden(each, goldens.of(each.fullId), outcome).verdict !== "pass");
  refuseRecorded(differing.map((each) => each.case));
  const written = differing.map((each) => ({ id: each.case.fullId, text: textOf(each.case, each.outcome) }));
  for (const { id, text } of written) {
    const before = goldens.of(id);
    writeGolden(root, id, text);
    stdout.write(`wrote ${printable(`${root.prefix}golden/${id}.json`)}\n`);
    if (before !== undefined) stdout.write(await changedLines(before, text));
  }
  const rest = written.length === 0 ? "nothing to update" : `${written.length} updated; look at the difference`;
  stdout.write(`${rest}. An updating run always exits ${updated}: run cupel check to judge.\n`);
  return updated;
}

/** The lines that an update takes away and adds, with a little of what stands around them. */
async function changedLines(before: string, after: string): Promise<string> {
  const { structuredPatch } = await import("diff");
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: 2 });
  return hunks.flatMap(({ lines }) => [...lines.map((line) => `  ${printable(line)}\n`), "\n"]).join("");
}

function refuseRecorded(cases: readonly PlacedCase[]): void {
  const refused = cases.filter(({ recorded }) => recorded.from !== "ours");
  const first = refused[0];
  if (first === undefined) return;
  const others = refused.length === 1 ? "" : ` (and ${refused.length - 1} more)`;
  throw new CupelError(
    "refused-update",
    `the golden of ${first.fullId}${others} is recorded from ${first.recorded.from}, and --update writes only our own; nothing was written`,
    { hint: "mend the generator, or record the golden anew from the upstream program; a pattern narrows the update" },
  );
}

function textOf(each: PlacedCase, outcome: Outcome): string {
  if ("value" in outcome) return printJson(outcome.value);
  const said = "rejects" in outcome ? outcome.rejects : "refused" in outcome ? outcome.refused : outcome.misfit;
  throw new CupelError("refused-update", `${each.fullId} expects a golden, but its request is refused: ${said}`, {
    hint: "nothing was written",
  });
}
