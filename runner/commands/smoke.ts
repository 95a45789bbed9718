/** `cupel smoke`: a quick trial of an adapter. */
import type { Command } from "../arguments/command.ts";
import { adapterOptions, casesOption } from "../arguments/common-options.ts";
import { expectNoOperands } from "../arguments/operands.ts";
import { usageError } from "../arguments/usage-error.ts";

/** Says what an adapter does wrong, and what to do about it. */
export const command: Command = {
  name: "smoke",
  summary: "try an adapter with a few requests, and say in words what is wrong with it",
  usage: ["smoke --adapter CMD"],
  details:
    "Asks for an introduction, one request for each operation, one that must be refused, one that does not fit its type, an operation that does not exist, and the end. Exits with 1 when an answer is wrong and with 3 when the adapter broke down.",
  options: { ...adapterOptions, ...casesOption },
  run: async (context) => {
    expectNoOperands(context.operands, "smoke");
    const adapter = context.flags.value("adapter");
    if (adapter === undefined) {
      throw usageError("cupel smoke needs --adapter CMD", "to see it work, write: cupel smoke --adapter 'cupel serve'");
    }
    const { smoke } = await import("../adapter/smoke.ts");
    return await smoke(context, adapter);
  },
};
