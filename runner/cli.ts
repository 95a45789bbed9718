/** The command line: finds the command, reads its options, runs it, and renders what goes wrong in one place. */
import process from "node:process";
import { commandNames } from "./arguments/command-list.ts";
import { commonOptions } from "./arguments/common-options.ts";
import { loadCommand } from "./arguments/load-command.ts";
import { nearest } from "./arguments/nearest.ts";
import { parseArguments } from "./arguments/parse-arguments.ts";
import { splitCommand } from "./arguments/split-command.ts";
import { usageError } from "./arguments/usage-error.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { wantsColor } from "./terminal/wants-color.ts";

/** Runs the command line of this process and sets its exit code. */
export async function start(): Promise<void> {
  const { processTerminal } = await import("./terminal/process-terminal.ts");
  process.exitCode = await main(process.argv.slice(2), processTerminal());
}

/** Runs the command line `argv` and gives the exit code. Never throws: what goes wrong is on standard error. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    const { renderError } = await import("./report/render-error.ts");
    const rendered = renderError(error, argv, wantsColor(terminal.stderr, terminal.env, undefined));
    terminal.stderr.write(rendered.text);
    return rendered.exit;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { name, rest } = splitCommand(argv);
  if (name === "help") return await dispatch([...rest, "--help"], terminal);
  const asks = rest.slice(0, rest.includes("--") ? rest.indexOf("--") : rest.length);
  if (asks.includes("--version")) {
    const { cupelVersion } = await import("./version.ts");
    terminal.stdout.write(`cupel ${cupelVersion()}\n`);
    return 0;
  }
  const command = await loadCommand(name);
  if (command === undefined) throw unknownCommand(name);
  // Help is given even where the rest of the line makes no sense.
  if (asks.includes("--help") || asks.includes("-h")) {
    const { printHelp } = await import("./arguments/print-help.ts");
    return await printHelp(command, terminal);
  }
  const called = name === "" ? "cupel" : `cupel ${name}`;
  const { flags, operands } = parseArguments(rest, { ...command.options, ...commonOptions }, called);
  return await command.run({ ...terminal, flags, operands });
}

function unknownCommand(name: string): Error {
  const meant = nearest(name, commandNames);
  if (meant !== undefined) return usageError(`there is no command ${name}`, `did you mean cupel ${meant}?`);
  if (name.includes("/")) return usageError(`there is no command ${name}`, `to judge cases, write: cupel check ${name}`);
  return usageError(`there is no command ${name}`, "cupel --help lists the commands");
}
