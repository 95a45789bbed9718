/** Reads the few shell scripts that the stand-in for a shell knows: words, quotes, `;`, newlines, `&&`, `||`, `|`, `>` and `>>`. */

import { CupelError } from "../../../errors.ts";

/** The error for what the stand-in does not know. */
export function beyondStandIn(what: string): CupelError {
  return new CupelError("beyond-stand-in", `the stand-in for a shell does not know ${what}`, {
    hint: 'a cell with "mount": "real" runs real programs, as root, in cupel run',
    exit: 3,
  });
}

/** A word: pieces of text, some of which hold parameters to be filled in. */
export type Word = readonly { readonly text: string; readonly expands: boolean }[];

/** A command and, where it has one, the file its output goes to. */
export interface ScriptCommand {
  readonly words: readonly Word[];
  readonly output?: { readonly path: Word; readonly appends: boolean };
}

/** Commands behind each other, each of which reads what the one before writes. */
export interface Pipeline {
  readonly commands: readonly ScriptCommand[];
  /** Whether it runs only after a success, or after a failure. */
  readonly only: "always" | "after-success" | "after-failure";
}

const conditions: { readonly [token: string]: Pipeline["only"] } = { "&&": "after-success", "||": "after-failure" };

/** The pipelines of `text`, in order. Comments are passed over. Throws CupelError `beyond-stand-in` for what it does not know. */
export function readScript(text: string): readonly Pipeline[] {
  const rest = text.replaceAll(tokens, "").trim();
  if (rest !== "") throw beyondStandIn(`${JSON.stringify(rest)} in a script`);
  const pipelines: Pipeline[] = [];
  let commands: ScriptCommand[] = [];
  let words: Word[] = [];
  let output: ScriptCommand["output"];
  let redirection: string | undefined;
  let only: Pipeline["only"] = "always";
  const endCommand = (): void => {
    if (words.length > 0) commands.push(output === undefined ? { words } : { words, output });
    words = [];
    output = undefined;
  };
  const endPipeline = (next: Pipeline["only"]): void => {
    endCommand();
    if (commands.length > 0) pipelines.push({ commands, only });
    commands = [];
    only = next;
  };
  for (const [token] of text.matchAll(tokens)) {
    const condition = Object.hasOwn(conditions, token) ? conditions[token] : undefined;
    if (condition !== undefined) endPipeline(condition);
    else if (token === ";" || token === "\n") endPipeline("always");
    else if (token === "|") endCommand();
    else if (token === ">" || token === ">>") redirection = token;
    else if (!token.startsWith("#")) {
      const word = wordOf(token);
      if (redirection === undefined) words.push(word);
      else output = { path: word, appends: redirection === ">>" };
      redirection = undefined;
    }
  }
  endPipeline("always");
  return pipelines;
}

const tokens = /#[^\n]*|&&|\|\||>>|[;\n|>]|(?:'[^']*'|"[^"]*"|[^\s;|>&'"<`(){}*~[\]\\])+/g;

function wordOf(token: string): Word {
  return [...token.matchAll(/'([^']*)'|"([^"]*)"|[^'"]+/g)].map(([all, single, double]) => ({
    text: single ?? double ?? all,
    expands: single === undefined,
  }));
}
