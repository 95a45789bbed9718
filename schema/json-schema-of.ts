/** From a reader's definition to a JSON Schema. */
import { toJsonSchema } from "@valibot/to-json-schema";
import { parseJson } from "../src/json/parse.ts";
import type { Json } from "../src/json/value.ts";
import type { Format } from "./formats.ts";

/** The JSON Schema (draft 7) of `format`. Throws when the definition says something that a schema cannot say. */
export function jsonSchemaOf({ title, definition }: Format): Json {
  const schema = toJsonSchema(definition, {
    // Only "any JSON value" is custom (src/format/any-json.ts): the schema that allows all.
    overrideSchema: ({ valibotSchema }) => (valibotSchema.type === "custom" ? {} : undefined),
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === "safe_integer" ? { ...jsonSchema, type: "integer" } : undefined,
  });
  return parseJson(JSON.stringify({ ...schema, title }));
}
