/** Reads a config.json well enough formed to speak of what it promises. */
import { CupelError } from "../../src/errors.ts";
import type { Json } from "../../src/json/value.ts";
import type { Config } from "../../src/oci/config.ts";
import { type Finding, validateConfig } from "../../src/oci/validate.ts";
import type { Context } from "../arguments/command.ts";
import { readDocument } from "../load/read-document.ts";

/** Findings that make a document no config at all; with any other one its promises can still be read. */
const fatal: readonly string[] = ["wrong-type", "missing-key"];

/**
 * The config in `path` (`-`: standard input). Throws CupelError `not-a-config` where the document has another shape; says
 * on standard error when it is invalid in a lesser way.
 */
export async function readConfig(path: string, context: Context): Promise<Config> {
  const shown = path === "-" ? "standard input" : path;
  const document = await readDocument(path, context);
  const errors = errorsOf(document);
  const worst = errors.find(isFatal);
  const hint = `cupel validate ${path} lists everything`;
  if (worst !== undefined) {
    const place = worst.pointer === "" ? "" : ` (${worst.pointer})`;
    throw new CupelError("not-a-config", `${shown} is no config.json: ${worst.message}${place}`, { hint });
  }
  if (errors.length > 0) context.stderr.write(`${shown}: ${errors.length} things are invalid; ${hint}\n`);
  return asConfig(document);
}

/** Whether the document has the shape of a config, so that its promises can be read, valid or not. */
export function isConfig(document: Json): boolean {
  return !errorsOf(document).some(isFatal);
}

function errorsOf(document: Json): readonly Finding[] {
  return validateConfig(document).filter(({ level }) => level === "error");
}

function isFatal({ code }: Finding): boolean {
  return fatal.includes(code);
}

/** The document as a config: for one whose shape the validator has accepted, or that our own generators made. */
export function asConfig(document: Json): Config {
  return document as unknown as Config;
}
