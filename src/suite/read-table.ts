/** Reads tables of cases: cases/<system>/<area>.json. */
import * as v from "valibot";
import { anyJson } from "../format/any-json.ts";
import { closed } from "../format/closed.ts";
import { FormatError } from "../format/format-error.ts";
import { readDocument } from "../format/read-document.ts";
import type { Same } from "../systems/same-type.ts";
import type { PlacedCase, Table } from "./case.ts";
import { checkTable } from "./check-table.ts";

const texts = v.array(v.string());
const note = v.exactOptional(v.string());
const pointer = v.pipe(v.string(), v.regex(/^(?:\/[^/]*)*$/, 'a JSON pointer such as "/mounts"'));
const name = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, "small letters, digits and dashes, not a dash first"));

const tree = v.array(
  closed({
    path: v.string(),
    type: v.picklist(["dir", "file", "symlink", "fifo"]),
    mode: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-7]{3,4}$/, 'an octal mode such as "755"'))),
    content: note,
    contentBase64: note,
    target: note,
  }),
);

const run = closed({
  with: v.exactOptional(closed({ request: v.exactOptional(anyJson), options: v.exactOptional(anyJson) })),
  fixtures: v.exactOptional(tree),
  caller: v.exactOptional(v.picklist(["privileged", "unprivileged"])),
});

const expectation = v.union(
  [
    v.literal("golden"),
    closed({ value: anyJson }),
    closed({ rejects: v.string() }),
    closed({ rejectsPrefix: v.string() }),
  ],
  '"golden" or an object with exactly one of value, rejects and rejectsPrefix',
);

const oneCase = closed({
  id: name,
  title: v.string(),
  why: note,
  refs: v.exactOptional(texts),
  tags: v.exactOptional(texts),
  revisions: v.exactOptional(texts),
  operation: v.string(),
  request: anyJson,
  options: v.exactOptional(anyJson),
  given: v.exactOptional(tree),
  expect: expectation,
  leaves: v.exactOptional(tree),
  normalised: v.exactOptional(v.array(pointer)),
  class: note,
  invalid: v.exactOptional(texts),
  holds: v.exactOptional(texts),
  lacks: v.exactOptional(texts),
  deviates: v.exactOptional(closed({ why: v.string() })),
  needs: v.exactOptional(v.array(v.picklist(["root", "user-namespace", "linux"]))),
  recorded: closed({ from: v.picklist(["executed", "upstream-tests", "ours"]), commit: note }),
  run: v.exactOptional(run),
});

const schema = closed({ $schema: note, system: name, area: name, why: v.string(), cases: v.array(oneCase) });

true satisfies Same<Table, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

/**
 * The table in `text`; `file` is what messages call it.
 * Throws {@link FormatError} with the place: no JSON, a wrong type, an unknown or missing key, an id that is not a name
 * or that occurs twice (`duplicate-id`), or a case that contradicts itself (`case-contradiction`).
 */
export function readTable(text: string, file: string): Table {
  const table = readDocument(schema, text, file);
  checkTable(table, text, file);
  return table;
}

/**
 * All cases with their full ids, in the order given.
 * Throws {@link FormatError} for a table that is not at cases/<system>/<area>.json of its words (`misplaced-table`) and
 * for a full id that two tables give (`duplicate-id`).
 */
export function placeCases(tables: readonly { readonly file: string; readonly table: Table }[]): readonly PlacedCase[] {
  const files = new Map<string, string>();
  const placed: PlacedCase[] = [];
  for (const { file, table } of tables) {
    const { system, area, why } = table;
    const place = `cases/${system}/${area}.json`;
    if (file !== place && !file.endsWith(`/${place}`)) {
      const problem = `the table says system "${system}" and area "${area}"`;
      throw new FormatError("misplaced-table", file, undefined, problem, `move it to ${place}, or change its words`);
    }
    for (const each of table.cases) {
      const fullId = `${system}/${area}/${each.id}`;
      const other = files.get(fullId);
      if (other !== undefined) {
        const problem = `the case ${fullId} is also in ${other}`;
        throw new FormatError("duplicate-id", file, undefined, problem, "give one of them another id");
      }
      files.set(fullId, file);
      placed.push({ ...each, system, area, fullId, areaWhy: why });
    }
  }
  return placed;
}
