/** Gives a cell the console its config asks for: script(1) of util-linux, whose exit status is the command's. */
import { needTool } from "../jail/tools.ts";

/** `command` with a pseudo-terminal as its standard streams; `typescript` is a file that script needs to write. */
export function withTerminal(command: readonly string[], typescript: string): readonly string[] {
  return [needTool("script"), "-qef", "-E", "never", "-c", command.map(quote).join(" "), typescript];
}

/** One word of a POSIX shell. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_./=:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
