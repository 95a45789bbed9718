/** `cupel init`: a table of one's own to start from. */
import type { Command } from "../arguments/command.ts";
import { expectOperands } from "../arguments/operands.ts";

/** Writes the example of a table. */
export const command: Command = {
  name: "init",
  summary: "write a small table of cases to start your own from",
  usage: ["init DIR"],
  details: "DIR must be new. What is written there is complete: cupel check --cases DIR judges it at once.",
  options: {},
  run: async (context) => {
    const [directory = ""] = expectOperands(context.operands, "init", "DIR", 1, 1);
    const { init } = await import("../inspect/init.ts");
    return init(context, directory);
  },
};
