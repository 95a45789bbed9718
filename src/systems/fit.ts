/** Fits a JSON value to the type of a request or of options. */
import * as v from "valibot";
import { choices } from "../format/choices.ts";
import type { Json } from "../json/value.ts";
import { Misfit } from "./misfit.ts";

/** Where a value stands: the first part of every pointer. */
export type FitRoot = "/request" | "/options";

/**
 * The value as `schema` types it. Throws {@link Misfit} with a JSON pointer to the first field that does not fit.
 */
export function fit<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: Json,
  root: FitRoot,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = (issue.path ?? []).map((item) => `/${String(item.key).replaceAll("~", "~0").replaceAll("/", "~1")}`);
  throw new Misfit(root + path.join(""), problemOf(issue));
}

function problemOf({ type, message, expected, received }: v.BaseIssue<unknown>): string {
  if (type === "strict_object" && expected === "never") return "there is no such key";
  if (type === "strict_object" && received === "undefined") return "is missing";
  if (!message.startsWith("Invalid ")) return message;
  // A check of ours has its own words: "Invalid path: Expected ...".
  if (expected === null) return message.replace(/^Invalid [^:]*: E/, "e");
  return `expected ${words.get(expected) ?? choices(expected)}, found ${words.get(received) ?? shortened(received)}`;
}

const words: ReadonlyMap<string, string> = new Map([
  ["Object", "an object"],
  ["Array", "a list"],
  ["string", "a string"],
  ["number", "a number"],
  ["bigint", "an integer"],
  ["boolean", "true or false"],
]);

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
