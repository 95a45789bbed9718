/** Prints the help of a command, or the overview for the default one. */
import { paintFor } from "../terminal/paint.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wantsColor } from "../terminal/wants-color.ts";
import type { Command } from "./command.ts";
import { commandGroups } from "./command-list.ts";
import { helpOf, overview } from "./help.ts";
import { loadCommand } from "./load-command.ts";

/** Writes the help of `command` to standard output; exit code 0. `color` is what the command line says about it. */
export async function printHelp(command: Command, terminal: Terminal, color: boolean | undefined): Promise<number> {
  const { stdout, env } = terminal;
  const style = { paint: paintFor(wantsColor(stdout, env, color)), columns: stdout.columns };
  if (command.name !== "") {
    stdout.write(helpOf(command, style));
    return 0;
  }
  const groups = await Promise.all(
    commandGroups.map(async ({ title, names }) => {
      const commands = await Promise.all(names.map(loadCommand));
      return { title, commands: commands.filter((each) => each !== undefined) };
    }),
  );
  stdout.write(overview(command, groups, style));
  return 0;
}
