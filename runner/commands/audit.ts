/** `cupel audit`: what a config promises. */
import type { Command } from "../arguments/command.ts";
import { casesOption } from "../arguments/common-options.ts";
import { expectOperands } from "../arguments/operands.ts";

/** Says what a config promises, and judges it where asked to. */
export const command: Command = {
  name: "audit",
  summary: "say what a config promises; judge it by a policy, or against an older one",
  usage: ["audit FILE|BUNDLE|-", "audit FILE|BUNDLE|- --policy NAME [--policy NAME] ...", "audit NEW --against OLD"],
  details:
    "A BUNDLE is a directory that holds a config.json. Exits 1 when the config lacks a condition of a --policy, or is weaker than OLD anywhere. cupel list policies shows the policies there are; a word with a slash, or that ends in .json, is a file with one.",
  options: {
    policy: { type: "list", value: "NAME|FILE", help: "every condition of this policy must hold; may be repeated" },
    against: {
      type: "value",
      value: "OLD",
      help: "say what is weaker or stronger than in this config (file, bundle or -)",
    },
    quiet: { type: "switch", short: "q", help: "print only the judgement, not everything that is promised" },
    json: { type: "switch", help: "print one JSON document instead" },
    ...casesOption,
  },
  run: async (context) => {
    const [file = ""] = expectOperands(context.operands, "audit", "FILE|BUNDLE|-", 1, 1);
    const { audit } = await import("../inspect/audit/audit.ts");
    return await audit(context, file);
  },
};
