/** What a line that repeats a check has to say beside the case. */
import type { Flags } from "../arguments/option.ts";
import type { ReportStyle } from "./reporter.ts";
import { shellQuote } from "./shell-quote.ts";

/** The options of a command line that could change the verdict of a single check, to be given again. */
export function againOf(flags: Flags): Pick<ReportStyle, "again" | "againRun"> {
  const baselines = flags.declares("baseline") ? flags.list("baseline") : [];
  const profiles = flags.declares("profile") ? flags.list("profile") : [];
  const again = [
    optionsAgain(flags, ["cases"]),
    ...(flags.declares("no-baseline") && flags.has("no-baseline") ? [" --no-baseline"] : []),
    ...baselines.map((file) => ` --baseline ${shellQuote(file)}`),
    optionsAgain(flags, ["adapter", "adapter-timeout", "outputs"]),
  ];
  const timeout = flags.declares("timeout") ? flags.value("timeout") : undefined;
  const runtimes = flags.declares("runtime") ? flags.list("runtime") : [];
  const paths = runtimes.flatMap((text) => {
    const at = text.indexOf("=");
    return at < 0 ? [] : [[text.slice(0, at), text.slice(at + 1)] as const];
  });
  return {
    again: again.join(""),
    againRun: {
      options: [
        ...profiles.map((file) => ` --profile ${shellQuote(file)}`),
        timeout === undefined ? "" : ` --timeout ${shellQuote(timeout)}`,
        optionsAgain(flags, ["as"]),
        flags.declares("trust-commands") && flags.has("trust-commands") ? " --trust-commands" : "",
      ].join(""),
      paths: new Map(paths),
    },
  };
}

/** Those of the options `names` that were given a value, to be given again; empty or with a leading space. */
export function optionsAgain(flags: Flags, names: readonly string[]): string {
  const given = names.map((name) => [name, flags.declares(name) ? flags.value(name) : undefined] as const);
  return given.map(([name, value]) => (value === undefined ? "" : ` --${name} ${shellQuote(value)}`)).join("");
}
