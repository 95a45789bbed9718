/** What is wrong with a file of one of our formats, and where. */
import { CupelError } from "../errors.ts";
import { shortPointer } from "../json/json-error.ts";

/** A place in a file. */
export interface FormatPlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** RFC 6901 pointer of the value that is wrong. */
  readonly pointer: string;
}

/** A file that a user wrote does not fit its format. The message starts with `file:line:column`. */
export class FormatError extends CupelError {
  override readonly name = "FormatError";
  readonly file: string;
  readonly place: FormatPlace | undefined;
  /** The message without the place. */
  readonly problem: string;

  constructor(code: string, file: string, place: FormatPlace | undefined, problem: string, hint?: string) {
    super(code, `${where(file, place)}: ${problem}`, hint === undefined ? {} : { hint });
    this.file = file;
    this.place = place;
    this.problem = problem;
  }
}

function where(file: string, place: FormatPlace | undefined): string {
  if (place === undefined) return file;
  const pointer = place.pointer === "" ? "" : ` (${shortPointer(place.pointer)})`;
  return `${file}:${place.line}:${place.column}${pointer}`;
}
