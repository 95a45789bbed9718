/** Judges what an operation gave against what the case promises: the golden layer. */
import { FormatError } from "../format/format-error.ts";
import { equalJson } from "../json/equal.ts";
import { isPrintOf } from "../json/is-print-of.ts";
import { JsonError } from "../json/json-error.ts";
import { parseJson } from "../json/parse.ts";
import { printCompact } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import type { PlacedCase } from "./case.ts";
import { describeDifferences, differences } from "./differences.ts";
import type { CheckEvent } from "./event.ts";
import { normalise } from "./normalise.ts";
import type { Outcome } from "./perform.ts";
import { canonicalTree, treeJson } from "./tree-json.ts";

/** An outcome that can be compared with what upstream did. */
type Done = Exclude<Outcome, { readonly refused: string }>;

/** What is said of a failure beside its id. */
type Failure = Pick<CheckEvent, "promised" | "seen" | "at" | "reason" | "code">;

/**
 * The check `CASE#golden`. `golden` is the text of the golden file, where the case has one. Key order never matters,
 * list order always, except in the lists that the case calls normalised. A failure names the first places that differ.
 * A missing or unreadable golden is an error (`no-golden`, `bad-golden`), not a failure. A case that deviates never
 * passes: what upstream does, or a refusal for safety, is the skip `deviates`. In other cases such a refusal is an error.
 */
export function judgeGolden(c: PlacedCase, golden: string | undefined, outcome: Outcome): CheckEvent {
  const id = `${c.fullId}#golden`;
  if (c.expect === "golden" && golden === undefined) {
    return { type: "check", id, verdict: "error", code: "no-golden", reason: `golden/${c.fullId}.json is missing` };
  }
  if ("refused" in outcome) return ofRefusal(c, id, outcome.refused);
  try {
    const failure = failureOf(c, golden, outcome) ?? failureOfLeaves(c, outcome);
    if (failure === undefined && c.deviates !== undefined) return deviation(id, c.deviates.why);
    if (failure === undefined) return { type: "check", id, verdict: "pass" };
    const refs = c.refs === undefined ? {} : { refs: c.refs };
    return { type: "check", id, verdict: "fail", ...failure, ...refs };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const place = { line: error.line, column: error.column, pointer: error.pointer };
    const problem = error.message.replace(/^line .*?: /, "");
    const reason = new FormatError(error.code, `golden/${c.fullId}.json`, place, problem).message;
    return { type: "check", id, verdict: "error", code: "bad-golden", reason };
  }
}

/** The hands did not go on. That is what a case that deviates says, and no verdict on any other. */
function ofRefusal({ deviates }: PlacedCase, id: string, refused: string): CheckEvent {
  if (deviates !== undefined) return deviation(id, deviates.why);
  return { type: "check", id, verdict: "error", code: "refused-for-safety", reason: refused };
}

function deviation(id: string, why: string): CheckEvent {
  return { type: "check", id, verdict: "skip", code: "deviates", reason: `deviates from upstream on purpose: ${why}` };
}

function failureOf(c: PlacedCase, golden: string | undefined, outcome: Done): Failure | undefined {
  const { expect } = c;
  if (expect === "golden") return failureOfValue(c, outcome, () => parseJson(golden ?? ""), golden);
  if ("value" in expect) return failureOfValue(c, outcome, () => expect.value);
  const wanted = "rejects" in expect ? expect.rejects : expect.rejectsPrefix;
  const rejected = "rejects" in outcome ? outcome.rejects : undefined;
  if ("rejects" in expect ? rejected === wanted : rejected?.startsWith(wanted) === true) return undefined;
  const code = "misfit" in outcome ? "misfit" : "rejects" in outcome ? "other-rejection" : "not-rejected";
  return {
    promised: { ...expect },
    seen: summary(outcome),
    code,
    reason: "the request must be rejected in these words",
  };
}

function failureOfValue(c: PlacedCase, outcome: Done, wanted: () => Json, text?: string): Failure | undefined {
  if (!("value" in outcome)) {
    const code = "misfit" in outcome ? "misfit" : "rejected";
    return { seen: summary(outcome), code, reason: "the request must be accepted" };
  }
  // Nearly every check ends here, without reading its golden.
  if (text !== undefined && isPrintOf(text, outcome.value)) return undefined;
  const promised = wanted();
  if (equalJson(promised, outcome.value)) return undefined;
  const pointers = c.normalised ?? [];
  return differing(normalise(promised, pointers), normalise(outcome.value, pointers), "differs", "");
}

function failureOfLeaves(c: PlacedCase, outcome: Done): Failure | undefined {
  if (c.leaves === undefined || "misfit" in outcome) return undefined;
  const seen = outcome.leaves;
  if (seen === undefined)
    return { code: "no-leaves", reason: "nobody looked at what the operation left below {{tmp}}" };
  return differing(canonicalTree(treeJson(c.leaves)), canonicalTree(seen), "leaves-differ", "below {{tmp}}: ");
}

function differing(promised: Json, seen: Json, code: string, where: string): Failure | undefined {
  const found = differences(promised, seen);
  const first = found[0];
  if (first === undefined) return undefined;
  return {
    ...(first.promised === undefined ? {} : { promised: first.promised }),
    ...(first.seen === undefined ? {} : { seen: first.seen }),
    at: first.pointer,
    code,
    reason: where + describeDifferences(found),
  };
}

function summary(outcome: Done): Json {
  if ("misfit" in outcome) return { misfit: outcome.misfit };
  if ("rejects" in outcome) return { rejects: outcome.rejects };
  const text = printCompact(outcome.value);
  return { value: text.length <= 500 ? outcome.value : `(a value of ${text.length} characters)` };
}
