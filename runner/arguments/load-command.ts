/** Loads a command when it is called, and not before: start-up time is felt every time. */

import type { Command } from "./command.ts";
import { commandNames } from "./command-list.ts";

/** The command called `name`, or undefined when there is none. The empty name is the default command. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  if (name !== "" && !commandNames.includes(name)) return undefined;
  const module: { readonly command: Command } = await import(`../commands/${name === "" ? "default" : name}.ts`);
  return module.command;
}
