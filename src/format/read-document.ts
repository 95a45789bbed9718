/** Reads a file of one of our formats: strict JSON, fitted to the format's definition. */
import { closest } from "fastest-levenshtein";
import * as v from "valibot";
import { JsonError } from "../json/json-error.ts";
import { parseJson } from "../json/parse.ts";
import { isArray, isObject, type Json } from "../json/value.ts";
import { choices } from "./choices.ts";
import { FormatError } from "./format-error.ts";
import { locate } from "./locate.ts";

type Part = string | number;

/**
 * What `text` holds, typed as `definition` says. `file` is only named in errors.
 * Throws {@link FormatError} with the place and the cure: `json-…` for what is no JSON, `format-unknown-key`,
 * `format-missing-key` or `format-wrong-value` for what does not fit.
 */
export function readDocument<const Definition extends v.GenericSchema>(
  definition: Definition,
  text: string,
  file: string,
): v.InferOutput<Definition> {
  const value = parse(text, file);
  const result = v.safeParse(definition, value, { abortEarly: true });
  if (result.success) return result.output;
  throw explain(definition, result.issues[0], text, file);
}

function parse(text: string, file: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { line, column, pointer } = error;
    const problem = error.message.replace(/^line .*?: /, "");
    throw new FormatError(error.code, file, { line, column, pointer }, problem, error.hint);
  }
}

function explain(definition: v.GenericSchema, issue: v.BaseIssue<unknown>, text: string, file: string): FormatError {
  const parts = (issue.path ?? []).map((item) => item.key as Part);
  const place = locate(text, parts);
  const last = parts.at(-1);
  if (issue.type === "strict_object" && last !== undefined && issue.expected === "never") {
    const known = keysAt(definition, parts.slice(0, -1));
    const hint = known.length === 0 ? undefined : `did you mean "${closest(String(last), known)}"?`;
    return new FormatError("format-unknown-key", file, place, `unknown key "${last}"`, hint);
  }
  if (issue.type === "strict_object" && last !== undefined && issue.received === "undefined") {
    return new FormatError("format-missing-key", file, place, `the key "${last}" is missing`, `add "${last}"`);
  }
  const problem = `expected ${expectation(issue)}, found ${describe(issue.input as Json | undefined)}`;
  return new FormatError("format-wrong-value", file, place, problem, "see the schemas in schema/");
}

/** A definition whose own words would not be clear has a message that completes "expected …". */
function expectation(issue: v.BaseIssue<unknown>): string {
  if (!issue.message.startsWith("Invalid ")) return issue.message;
  const plain = new Map([
    ["Object", "an object"],
    ["Array", "a list"],
    ["string", "a string"],
    ["number", "a number"],
    ["boolean", "true or false"],
  ]);
  return plain.get(issue.expected ?? "") ?? choices(issue.expected ?? "something else");
}

function describe(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  if (isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (isObject(value)) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

/** The keys that the definition knows at `parts`; none when the way there is not plain. */
function keysAt(definition: v.GenericSchema, parts: readonly Part[]): readonly string[] {
  let schema: Partial<Inner> | undefined = definition as Partial<Inner>;
  for (const part of [...parts, undefined]) {
    while (schema?.wrapped !== undefined || schema?.pipe !== undefined) schema = schema.wrapped ?? schema.pipe?.[0];
    if (part === undefined) break;
    schema = typeof part === "number" ? schema?.item : schema?.entries?.[part];
  }
  return Object.keys(schema?.entries ?? {});
}

/** What valibot's schemas hold inside, each kind one of these. */
interface Inner {
  readonly wrapped: Partial<Inner>;
  readonly pipe: readonly Partial<Inner>[];
  readonly item: Partial<Inner>;
  readonly entries: { readonly [key: string]: Partial<Inner> };
}
