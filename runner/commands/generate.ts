/** `cupel generate`: the value of any operation. */
import type { Command } from "../arguments/command.ts";
import { expectOperands } from "../arguments/operands.ts";

/** Prints what an operation makes of a request, or writes a bundle. */
export const command: Command = {
  name: "generate",
  summary: "print what a system makes of a request, or write a bundle that a runtime runs",
  usage: [
    "generate SYSTEM [REQUEST.json|-] [--options JSON|FILE]",
    "generate SYSTEM REQUEST.json --operation NAME",
    "generate SYSTEM [REQUEST.json|-] --bundle DIR",
  ],
  details:
    "Without a request the example of the system is used. Options that come from the machine (ids, architecture) are filled in; an option that you give stands as you give it.\nA request that the system refuses ends with exit 2 and the system's own words.",
  options: {
    operation: { type: "value", value: "NAME", help: "another operation than the main one (config; plan of metalor)" },
    options: { type: "value", value: "JSON|FILE", help: "options of the operation, as JSON text or in a file" },
    "trust-commands": { type: "switch", help: "let operations that run a request's command (metalor/cell) do so" },
    bundle: { type: "value", value: "DIR", help: "write a bundle directory, and print the command that runs it" },
  },
  run: async (context) => {
    const [system = "", request] = expectOperands(context.operands, "generate", "SYSTEM [REQUEST.json|-]", 1, 2);
    const { generate } = await import("../inspect/generate.ts");
    return await generate(context, system, request);
  },
};
