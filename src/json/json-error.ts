/** What is wrong with a JSON text, and where. */
import { CupelError } from "../errors.ts";

/** What kind of fault a JSON text has; the `code` of a {@link JsonError}. */
export type JsonFault =
  | "json-syntax"
  | "json-duplicate-key"
  | "json-number-range"
  | "json-too-deep"
  | "json-too-large"
  | "json-byte-order-mark";

/** A place in a JSON text. */
export interface JsonPlace {
  /** From 1. Lines end at LF, CR or CRLF. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** RFC 6901 pointer of the value being read. */
  readonly pointer: string;
}

/** A text that is not one JSON document. The message starts with the place; the caller puts the file's name before it. */
export class JsonError extends CupelError {
  override readonly name = "JsonError";
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** RFC 6901 pointer of the value being read, in full. */
  readonly pointer: string;

  constructor(code: JsonFault, problem: string, place: JsonPlace, hint?: string) {
    const where = place.pointer === "" ? "" : ` (${shortPointer(place.pointer)})`;
    super(code, `line ${place.line}, column ${place.column}${where}: ${problem}`, hint === undefined ? {} : { hint });
    this.line = place.line;
    this.column = place.column;
    this.pointer = place.pointer;
  }
}

/** `pointer`, its middle left out when it is long: a pointer into a very deep document would bury the message. */
export function shortPointer(pointer: string): string {
  return pointer.length <= 120 ? pointer : `${pointer.slice(0, 60)}…${pointer.slice(-59)}`;
}
