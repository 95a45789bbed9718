/** Breaks the text of a table's cell into lines. */
import { displayWidth } from "../../terminal/display-width.ts";

/**
 * `text` as lines of at most `width` columns: broken at blanks (not inside a mark such as `(- weaker)`), and words that
 * are longer behind a slash, a dash, an underscore or a colon, else anywhere.
 */
export function cellLines(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of wordsOf(text).flatMap((each) => pieces(each, width))) {
    const line = lines.at(-1);
    if (line !== undefined && word.spaced && displayWidth(line) + 1 + displayWidth(word.text) <= width) {
      lines[lines.length - 1] = `${line} ${word.text}`;
    } else lines.push(word.text);
  }
  return lines;
}

interface Piece {
  readonly text: string;
  /** Whether it is the start of a word. */
  readonly spaced: boolean;
}

/** Words; a mark with its word is one. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\([-+~] [a-z]+\)|\S+/g) ?? [];
}

function pieces(word: string, width: number): readonly Piece[] {
  const parts: Piece[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    const at = breakAt(rest, width);
    parts.push({ text: rest.slice(0, at), spaced: parts.length === 0 });
    rest = rest.slice(at);
  }
  return [...parts, { text: rest, spaced: parts.length === 0 }];
}

function breakAt(word: string, width: number): number {
  for (let at = width; at > 1; at -= 1) if (/[/\-_:,]/.test(word.charAt(at - 1))) return at;
  return width;
}
