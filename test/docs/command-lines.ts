/** The command lines of cupel that a page shows. */
import { blocksOf, type Page, spansOf } from "./markdown.ts";

/** The words behind `cupel` of every command line in `page`: those of its sh blocks, and those in backquotes. */
export function commandLines(page: Page): readonly (readonly string[])[] {
  const shell = blocksOf(page).filter(({ info }) => info === "sh");
  const lines = [...shell.flatMap(({ text }) => text.split("\n")), ...spansOf(page)];
  return lines
    .flatMap((line) => commandsOf(line))
    .filter(([first]) => first === "cupel")
    .map((words) => words.slice(1));
}

/** The commands of one line of a shell: words without their quotes, split at pipes; a comment and what is read or written end it. */
function commandsOf(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let redirected = false;
  for (const [word] of line.matchAll(/'[^']*'|"[^"]*"|[|]|[<>]|#.*|[^\s|<>'"]+/g)) {
    if (word.startsWith("#")) break;
    if (word === "|") {
      commands.push([]);
      redirected = false;
    } else if (word === "<" || word === ">") redirected = true;
    else if (!redirected) commands.at(-1)?.push(word.replace(/^(['"])(.*)\1$/, "$2"));
  }
  return commands;
}
