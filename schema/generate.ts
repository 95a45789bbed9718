/** Writes the published JSON Schemas of our file formats from the definitions that their readers use: `npm run schema`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { printJson } from "../src/json/print.ts";
import { formats } from "./formats.ts";
import { jsonSchemaOf } from "./json-schema-of.ts";

for (const format of formats) {
  const file = fileURLToPath(new URL(`${format.name}.schema.json`, import.meta.url));
  writeFileSync(file, printJson(jsonSchemaOf(format)));
}
