/** `cupel list`: what there is. */

import type { Command } from "../arguments/command.ts";
import { tableOptions } from "../arguments/common-options.ts";

/** Lists cases, rules, policies or mutants. */
export const command: Command = {
  name: "list",
  summary: "list cases (or rules, policies, mutants); --json exports them whole",
  usage: ["list [PATTERN...] [--json]", "list rules|policies|mutants [--json]"],
  details:
    "The export of cases holds everything another implementation needs to be judged: request, options, files that must exist, and the expectation, goldens included.",
  options: {
    ...tableOptions,
    json: { type: "switch", help: "print one JSON document, with everything" },
    quiet: { type: "switch", short: "q", help: "print only the ids" },
  },
  run: async (context) => {
    const { list } = await import("../inspect/list.ts");
    return list(context);
  },
};
