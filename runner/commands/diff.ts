/** `cupel diff`: two configs, in promises. */
import type { Command } from "../arguments/command.ts";
import { expectOperands } from "../arguments/operands.ts";

/** Compares two configs. */
export const command: Command = {
  name: "diff",
  summary: "compare two configs by what they promise: weaker, stronger, different",
  usage: ["diff OLD.json NEW.json", "diff - NEW.json < OLD.json"],
  details: "Exits 1 when NEW is weaker than OLD anywhere, else 0.",
  options: { json: { type: "switch", help: "print one JSON document instead" } },
  run: async (context) => {
    const [before = "", after = ""] = expectOperands(context.operands, "diff", "OLD NEW", 2, 2);
    const { diff } = await import("../inspect/diff.ts");
    return await diff(context, before, after);
  },
};
