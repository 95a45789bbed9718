/** What an adapter says of itself: the result of `initialize`. */
import * as v from "valibot";
import { closed } from "../format/closed.ts";
import { named } from "../format/named.ts";
import { readDocument } from "../format/read-document.ts";
import type { Same } from "../systems/same-type.ts";

/** Who made the documents that are judged. */
export interface Implementation {
  readonly name: string;
  readonly version: string;
  readonly url?: string;
}

/** An implementation, and what of the table it can be asked. */
export interface Introduction {
  /** The version of the adapter protocol. */
  readonly protocol: 1;
  readonly implementation: Implementation;
  /** Operations by system. */
  readonly operations: { readonly [system: string]: readonly string[] };
  /** Revisions by system; one that is not named here has all of them. */
  readonly revisions?: { readonly [system: string]: readonly string[] };
}

const text = v.pipe(v.string(), v.nonEmpty("a text that is not empty"));

/** @internal For the reader of reports. */
export const implementation: v.GenericSchema<Implementation> = closed({
  name: text,
  version: v.string(),
  url: v.exactOptional(v.string()),
});

const schema = closed({
  protocol: v.literal(1, "protocol 1, the only one that this version speaks"),
  implementation,
  operations: named(v.array(v.string())),
  revisions: v.exactOptional(named(v.array(v.string()))),
});

true satisfies Same<Introduction, v.InferOutput<typeof schema>>;

/** @internal For schema/generate.ts. */
export const definition: v.GenericSchema = schema;

/** The introduction in `text`; `file` is what errors call it. Throws {@link FormatError}. */
export function readIntroduction(text: string, file: string): Introduction {
  return readDocument(schema, text, file);
}
