/** `cupel compare`: the same cells on several runtimes, the same cases in several implementations, or two saved reports. */
import type { Command } from "../arguments/command.ts";
import { adapterOptions, judgingOptions } from "../arguments/common-options.ts";
import { executingOptions } from "../execute/run-options.ts";

const { cases = missing(), tag = missing(), baseline = missing(), verbose = missing() } = judgingOptions;
const adapterTimeout = adapterOptions["adapter-timeout"];

/** Says where runtimes, or runs, differ. */
export const command: Command = {
  name: "compare",
  summary: "the same cells on several runtimes, several implementations, or several saved reports: what differs",
  usage: [
    "compare [PATTERN...] --runtime NAME --runtime NAME [options]",
    "compare [PATTERN...] --adapter NAME=COMMAND --adapter NAME=COMMAND",
    "compare --report OLD.ndjson --report NEW.ndjson",
  ],
  details:
    "Without --runtime every runtime that is here takes part. --adapter compares what other programs generate instead (docs/ADAPTERS.md), and --ours adds cupel's own generators; nothing is executed then. Reports come from --reporter ndjson=FILE.\n" +
    "Exits 0 when there was something to compare, whatever came out; 1 with --exit-code when anything differs; 4 when nothing was judged on two sides.",
  options: {
    ...executingOptions,
    adapter: {
      type: "list",
      value: "NAME=COMMAND",
      help: "an implementation, called NAME: the adapter that COMMAND starts; give two or more, or --ours",
    },
    ours: { type: "switch", help: "beside --adapter: cupel's own generators as one more side" },
    ...(adapterTimeout === undefined ? {} : { "adapter-timeout": adapterTimeout }),
    report: { type: "list", value: "FILE", help: "a saved report (ndjson) in place of a runtime; give two or more" },
    markdown: { type: "switch", help: "print a Markdown page" },
    json: { type: "switch", help: "print one JSON document" },
    "exit-code": { type: "switch", help: "exit 1 when anything differs" },
    verbose: { ...verbose, help: "tell every difference in full, and why some sides did not judge" },
    cases,
    tag,
    baseline,
    "no-baseline": { type: "switch", help: "forget the shipped known failures" },
  },
  run: async (context) => {
    const { compare } = await import("../compare/compare.ts");
    return await compare(context);
  },
};

function missing(): never {
  throw new Error("an option that commands share has gone");
}
