/** The command line: finds the command, reads its options, runs it, and renders what goes wrong in one place. */
import process from "node:process";
import { commonOptions } from "./arguments/common-options.ts";
import { loadCommand } from "./arguments/load-command.ts";
import { splitCommand } from "./arguments/split-command.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { wantsColor } from "./terminal/wants-color.ts";

/** Runs the command line of this process and sets its exit code. */
export async function start(): Promise<void> {
  const { processTerminal } = await import("./terminal/process-terminal.ts");
  const terminal = processTerminal();
  await terminal.end(await main(process.argv.slice(2), terminal));
}

/** Runs the command line `argv` and gives the exit code. Never throws: what goes wrong is on standard error. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    const { renderError } = await import("./report/render-error.ts");
    const rendered = renderError(error, argv, wantsColor(terminal.stderr, terminal.env, askedColor(argv)));
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
  const [command, { parseArguments }] = await Promise.all([
    loadCommand(name),
    import("./arguments/parse-arguments.ts"),
  ]);
  if (command === undefined) {
    const { unknownCommand } = await import("./arguments/unknown-command.ts");
    throw unknownCommand(name);
  }
  // Help is given even where the rest of the line makes no sense.
  if (asks.includes("--help") || asks.includes("-h")) {
    const { printHelp } = await import("./arguments/print-help.ts");
    return await printHelp(command, terminal, askedColor(asks));
  }
  const called = name === "" ? "cupel" : `cupel ${name}`;
  const { flags, operands } = parseArguments(rest, { ...command.options, ...commonOptions }, called);
  return await command.run({ ...terminal, flags, operands });
}

/** What the words say about colour, where no command has read them yet. */
function askedColor(words: readonly string[]): boolean | undefined {
  if (words.includes("--no-color")) return false;
  return words.includes("--color") ? true : undefined;
}
