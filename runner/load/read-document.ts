/** Reads a JSON document that a user names: a file, or `-` for standard input. */
import { resolve } from "node:path";
import { FormatError } from "../../src/format/format-error.ts";
import { JsonError } from "../../src/json/json-error.ts";
import { parseJson } from "../../src/json/parse.ts";
import type { Json } from "../../src/json/value.ts";
import type { Context } from "../arguments/command.ts";
import { joinBytes } from "../host/join-bytes.ts";
import { decodeUtf8, largestFile, readUserFile } from "./read-file.ts";

/** The text of `path`, or of standard input for `-`, at most `limit` bytes. Throws CupelError when it cannot be read. */
export async function readText(
  path: string,
  context: Pick<Context, "stdin" | "cwd">,
  limit: number = largestFile,
): Promise<string> {
  return path === "-"
    ? decodeUtf8(await readAll(context, limit), "standard input", limit)
    : readUserFile(resolve(context.cwd, path), path, limit);
}

/** The JSON in `path` (`-`: standard input). Throws FormatError naming file, line and column. */
export async function readDocument(path: string, context: Pick<Context, "stdin" | "cwd">): Promise<Json> {
  return parseNamed(await readText(path, context), path === "-" ? "standard input" : path);
}

/** The JSON in `text`; `shown` is what messages call the file. Throws FormatError. */
export function parseNamed(text: string, shown: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { line, column, pointer } = error;
    throw new FormatError(
      error.code,
      shown,
      { line, column, pointer },
      error.message.replace(/^line .*?: /, ""),
      error.hint,
    );
  }
}

async function readAll({ stdin }: Pick<Context, "stdin">, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stdin()) {
    size += part.length;
    parts.push(part);
    // Enough to see that it is too large.
    if (size > limit) break;
  }
  return joinBytes(parts, size);
}
