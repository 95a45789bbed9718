/** Reads JSON (RFC 8259) strictly and without loss. */
import { Reader } from "./reader.ts";
import type { Json } from "./value.ts";

/** How much a document may be. */
export interface JsonLimits {
  /** Deepest nesting of lists and objects; 512 when not given. The reader recurses, so keep it below a few thousand. */
  readonly depth?: number;
  /** Longest text in UTF-16 code units; 64 Mi when not given. */
  readonly size?: number;
}

/**
 * The one value that `text` holds. Integers beyond 2^53 become bigints; numbers with a fraction or an exponent become
 * doubles and must be finite; negative zero is read as 0. Objects have no prototype, so `__proto__` is a key like any
 * other; a key that occurs twice is an error. Escapes of lone surrogates are kept.
 * Throws {@link ./json-error.ts | JsonError} with line, column and pointer of the fault.
 */
export function parseJson(text: string, limits: JsonLimits = {}): Json {
  const reader = new Reader(text, limits.depth ?? 512);
  const size = limits.size ?? 64 * 1024 * 1024;
  if (text.length > size) {
    reader.fail("json-too-large", `the document has ${text.length} characters; expected at most ${size}`);
  }
  if (text.charCodeAt(0) === 0xfeff) {
    reader.fail(
      "json-byte-order-mark",
      "the document starts with a byte order mark (U+FEFF); expected plain JSON text",
      "save the file as UTF-8 without a byte order mark",
    );
  }
  const value = reader.value();
  reader.space();
  if (reader.at < text.length) reader.expected("the end of the document");
  return value;
}
