/** Reads the few shell scripts that the stand-in for a shell knows: words, quotes, `;`, newlines, `|` and `>`. */

/** A word: pieces of text, some of which hold parameters to be filled in. */
export type Word = readonly { readonly text: string; readonly expands: boolean }[];

/** A command and, where it has one, the file its output goes to. */
export interface ScriptCommand {
  readonly words: readonly Word[];
  readonly output?: Word;
}

/** The pipelines of `text`, in order. Comments are passed over. */
export function readScript(text: string): readonly (readonly ScriptCommand[])[] {
  const pipelines: ScriptCommand[][] = [];
  let pipeline: ScriptCommand[] = [];
  let words: Word[] = [];
  let output: Word | undefined;
  let redirects = false;
  const endCommand = (): void => {
    if (words.length > 0) pipeline.push(output === undefined ? { words } : { words, output });
    words = [];
    output = undefined;
  };
  const endPipeline = (): void => {
    endCommand();
    if (pipeline.length > 0) pipelines.push(pipeline);
    pipeline = [];
  };
  for (const [token] of text.matchAll(/#[^\n]*|[;\n]|\||>|(?:'[^']*'|"[^"]*"|[^\s;|>'"])+/g)) {
    if (token === ";" || token === "\n") endPipeline();
    else if (token === "|") endCommand();
    else if (token === ">") redirects = true;
    else if (!token.startsWith("#")) {
      const word = wordOf(token);
      if (redirects) output = word;
      else words.push(word);
      redirects = false;
    }
  }
  endPipeline();
  return pipelines;
}

function wordOf(token: string): Word {
  return [...token.matchAll(/'([^']*)'|"([^"]*)"|[^'"]+/g)].map(([all, single, double]) => ({
    text: single ?? double ?? all,
    expands: single === undefined,
  }));
}
