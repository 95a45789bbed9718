/** `cupel explain`: everything about one case or one rule. */

import type { Command } from "../arguments/command.ts";
import { casesOption } from "../arguments/common-options.ts";
import { expectOperands } from "../arguments/operands.ts";

/** Explains a case or a rule. */
export const command: Command = {
  name: "explain",
  summary: "tell all about a case (why, request, golden, promises, how to reproduce it by hand) or a rule",
  usage: ["explain CASE", "explain RULE"],
  details: "A check id from a report will do as well.",
  options: casesOption,
  run: async (context) => {
    const [name = ""] = expectOperands(context.operands, "explain", "CASE|RULE", 1, 1);
    const { explain } = await import("../inspect/explain.ts");
    return explain(context, name);
  },
};
