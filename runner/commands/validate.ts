/** `cupel validate`: closed-world validation of any config.json. */
import type { Command } from "../arguments/command.ts";
import { expectOperands } from "../arguments/operands.ts";

/** Prints every finding about every file. */
export const command: Command = {
  name: "validate",
  summary: "say everything that is wrong or odd about a config.json",
  usage: ["validate FILE...", "validate - < config.json"],
  details:
    "One line for each finding: file, level, code, JSON pointer, what was expected. Exits 1 when one of the files has an error; warnings alone are valid.",
  options: {
    json: { type: "switch", help: "print one JSON document instead" },
    quiet: { type: "switch", short: "q", help: "print only findings of the level error" },
  },
  run: async (context) => {
    const files = expectOperands(context.operands, "validate", "FILE...", 1, Number.POSITIVE_INFINITY);
    const { validateFiles } = await import("../inspect/validate-files.ts");
    return await validateFiles(context, files);
  },
};
