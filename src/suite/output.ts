/** What an implementation made of one case, in a file of its own: `--outputs DIR`. */
import * as v from "valibot";
import { anyJson } from "../format/any-json.ts";
import { closed } from "../format/closed.ts";
import { FormatError } from "../format/format-error.ts";
import { readDocument } from "../format/read-document.ts";
import type { Json } from "../json/value.ts";
import type { Same } from "../systems/same-type.ts";

/** How an implementation says no. The codes are those of the adapter protocol: 1 a rejection, 2 not implemented. */
export interface OutputError {
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}

/** The value of the operation, or an error: the last two members of an answer of the adapter protocol. */
export type Output = { readonly result: Json } | { readonly error: OutputError };

interface OutputFile {
  readonly $schema?: string;
  readonly result?: Json;
  readonly error?: OutputError;
}

const schema = closed({
  $schema: v.exactOptional(v.string()),
  result: v.exactOptional(anyJson),
  error: v.exactOptional(
    closed({
      code: v.pipe(v.number(), v.safeInteger("a whole number")),
      message: v.string(),
      data: v.exactOptional(anyJson),
    }),
  ),
});

true satisfies Same<OutputFile, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

/** The output in `text`. Throws {@link FormatError}, also when it has not exactly one of `result` and `error`. */
export function readOutput(text: string, file: string): Output {
  const { result, error } = readDocument(schema, text, file);
  if (result !== undefined && error === undefined) return { result };
  if (error !== undefined && result === undefined) return { error };
  const problem = result === undefined ? "has neither a result nor an error" : "has both a result and an error";
  throw new FormatError(
    "format-output",
    file,
    undefined,
    problem,
    'write {"result": ...} or {"error": {"code": 1, ...}}',
  );
}
