/** Finds the command in a command line. */
import { commandNames } from "./command-list.ts";

/** The name of the command ("" for the default one) and the command line without it. */
export interface SplitLine {
  readonly name: string;
  readonly rest: readonly string[];
}

/**
 * The first word is the command. When options come first, it is the first later word that is a command's name
 * (`cupel --no-color check`); when there is none, the default command is meant.
 */
export function splitCommand(argv: readonly string[]): SplitLine {
  const first = argv[0];
  if (first !== undefined && !first.startsWith("-")) return { name: first, rest: argv.slice(1) };
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const at = argv.findIndex((word, index) => index < end && commandNames.includes(word));
  const name = argv[at];
  return name === undefined ? { name: "", rest: argv } : { name, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] };
}
