/** The options that every command takes, and those that commands which judge share. */
import type { Options } from "./option.ts";

/** For every command. */
export const commonOptions: Options = {
  color: { type: "switch", help: "colour even when the output is no terminal (FORCE_COLOR does the same)" },
  "no-color": { type: "switch", help: "no colour (NO_COLOR does the same)" },
  help: { type: "switch", short: "h", help: "say what the command does and takes" },
  version: { type: "switch", help: "print the version of cupel" },
};

/** For commands that look something up in the table. */
export const casesOption: Options = {
  cases: {
    type: "value",
    value: "DIR",
    help: "your own table (DIR/cases, DIR/golden, ...) in place of the shipped one",
  },
};

/** For commands that select from the table. */
export const tableOptions: Options = {
  ...casesOption,
  tag: { type: "list", value: "TAG", help: "only cases with this tag; given several times, any of them" },
};

/** For commands that can judge somebody else's implementation. */
export const adapterOptions: Options = {
  adapter: {
    type: "value",
    value: "CMD",
    help: "ask another implementation: a command line for sh that speaks the adapter protocol (docs/ADAPTERS.md)",
  },
  "adapter-timeout": {
    type: "value",
    value: "SECONDS",
    help: "how long an adapter may take for one answer (default: 10)",
  },
};

/** For commands that report. */
export const reportOptions: Options = {
  reporter: {
    type: "list",
    value: "NAME[=FILE]",
    help: "pretty, tap, junit, json, ndjson, github, markdown, html or baseline; to FILE or to standard output; may be repeated",
  },
  quiet: { type: "switch", short: "q", help: "print only what went wrong" },
  verbose: { type: "switch", help: "print every reason of skips and known failures, and every failure in full" },
};

/** For commands that judge a table case by case. */
export const partOptions: Options = {
  shard: { type: "value", value: "I/N", help: "only the I-th of N parts of the selection; cupel report merges them" },
  bail: { type: "value", value: "N", help: "end after N failures or errors that nobody expected" },
};

/** For commands that judge and report. */
export const judgingOptions: Options = {
  ...tableOptions,
  ...reportOptions,
  baseline: { type: "list", value: "FILE", help: "known failures, beside the shipped ones; may be repeated" },
  "no-baseline": { type: "switch", help: "forget the shipped known failures" },
  require: { type: "list", value: "LIST", help: "what must be there, e.g. runc,crun,unprivileged; missing is exit 4" },
};
