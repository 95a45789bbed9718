/** The project's pages, for tests that look at what they say. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../conventions/source-files.ts";

/** One Markdown page. */
export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block. */
export interface Block {
  /** What stands behind the fence, e.g. `sh` or `json table`. */
  readonly info: string;
  readonly text: string;
}

/** The page at `path`, relative to the repository. */
export function readPage(path: string): Page {
  return { path, text: readFileSync(join(root, path), "utf8") };
}

/** Every page at the top and in docs/. */
export function allPages(): readonly Page[] {
  const inDirectory = (directory: string): readonly string[] =>
    readdirSync(join(root, directory))
      .filter((name) => name.endsWith(".md"))
      .sort()
      .map((name) => join(directory, name));
  return [...inDirectory("."), ...inDirectory("docs")].map(readPage);
}

/** The fenced blocks of `page`, in order. */
export function blocksOf({ text }: Page): readonly Block[] {
  return [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = "", block = ""]) => ({
    info,
    text: block,
  }));
}

/** The text of `page` without its fenced blocks. */
export function proseOf({ text }: Page): string {
  return text.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, "");
}

/** What stands in backquotes outside of fenced blocks; a line break inside counts as a blank. */
export function spansOf(page: Page): readonly string[] {
  return [...proseOf(page).matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span.replaceAll("\n", " "));
}

/** Cells of every table row of `text` that starts with `| CELL |`, without the heading's and the ruler's. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split("\n");
  return lines
    .filter((line, at) => /^\| /.test(line) && !/^\|-/.test(lines[at + 1] ?? ""))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

/** The part of `page` below the heading `title`, up to the next heading of the same level or above. */
export function sectionOf({ path, text }: Page, title: string): string {
  const start = text.indexOf(`\n## ${title}\n`);
  if (start < 0) throw new Error(`${path} has no section "${title}"`);
  const end = text.indexOf("\n## ", start + 1);
  return text.slice(start, end < 0 ? undefined : end);
}

/** The anchors of the headings of `page`, as GitHub makes them. */
export function anchorsOf(page: Page): readonly string[] {
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}
