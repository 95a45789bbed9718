/** The files of this project, for tests that look at their text. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { root } from "../guard/run-file.ts";

export { root };

/** One import or re-export. */
export interface Import {
  /** As it is written. */
  readonly specifier: string;
  /** Relative to the repository, for a relative specifier. */
  readonly path: string | undefined;
  /** Gone when the types are. */
  readonly typeOnly: boolean;
}

/** One TypeScript file. */
export interface SourceFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** The text without comments and without what stands in quotes. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** Every TypeScript file below `directory` (relative to the repository), in order. */
export function sourceFiles(directory: string): readonly SourceFile[] {
  return filesBelow(directory)
    .filter((path) => path.endsWith(".ts"))
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, code: codeOf(text), imports: importsOf(path, text) };
    });
}

/** Every file below `directory`, relative to the repository, in order; none when there is no such directory. */
export function filesBelow(directory: string): readonly string[] {
  try {
    return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
      .sort();
  } catch {
    return [];
  }
}

function codeOf(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\n])*"|\/\/.*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? '""' : ""));
}

function importsOf(path: string, text: string): readonly Import[] {
  const pattern = /^(?:import|export)\b([^;"]*?)\bfrom\s*"([^"]+)"|^import\s*()"([^"]+)"|\bimport\(\s*()"([^"]+)"/gm;
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = match[2] ?? match[4] ?? match[6] ?? "";
    return {
      specifier,
      path: specifier.startsWith(".") ? normalize(join(dirname(path), specifier)) : undefined,
      typeOnly: /^\s*type\b/.test(match[1] ?? ""),
    };
  });
}
