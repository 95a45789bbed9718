/** `cupel posture`: the systems side by side under the same intent. */
import type { Command } from "../arguments/command.ts";
import { casesOption } from "../arguments/common-options.ts";

/** Prints what each system promises for one intent. */
export const command: Command = {
  name: "posture",
  summary: "the systems side by side: what each promises when asked for the same build",
  usage: ["posture [SYSTEM...] [--intent NAME]", "posture [SYSTEM...] --with root,network --without secret"],
  details:
    "Intents: hermetic-build (the one without --intent), network-build, root-build, limited-build, everything. Wishes for --with and --without: network, shell, root, user-namespace, read-only-root, input, output, secret, memory, cpus, cpu-time, processes. Parts for --only: wishes, policies, namespaces, network, host, users, privileges, system-calls, files, devices, proc-and-sys, limits, build.\nEvery value comes from a config that the system's generator made just now. --against holds it against a policy, or against what another system promises. --json holds the requests and the configs.",
  options: {
    intent: { type: "value", value: "NAME", help: "what is asked of every system; hermetic-build when not given" },
    with: { type: "list", value: "LIST", help: "wishes beside those of the intent, with commas between" },
    without: { type: "list", value: "LIST", help: "wishes of the intent that are dropped" },
    against: {
      type: "value",
      value: "NAME",
      help: "the policy, or the system, that weaker and stronger refer to; the policy hermetic-build when not given",
    },
    only: { type: "list", value: "LIST", help: "these parts of the table, with commas between; --json has always all" },
    markdown: { type: "switch", help: "print Markdown tables" },
    json: { type: "switch", help: "print one JSON document, with requests, configs and every promise" },
    ...casesOption,
  },
  run: async (context) => {
    const { posture } = await import("../inspect/posture/posture.ts");
    return posture(context);
  },
};
