/** Delimited records, as Go's encoding/csv reads them with strict quotes, trimmed leading space and a fixed field count. */
import { encodeUtf8 } from "../bytes/utf8.ts";

/** How the records of a file look. Both marks are one ASCII character. */
export interface CsvDialect {
  readonly separator: string;
  /** A line whose first character this is is skipped. */
  readonly comment: string;
  /** Fields of every record. */
  readonly fields: number;
}

/** What is wrong with a record, in Go's words. */
export class CsvError extends Error {
  override readonly name = "CsvError";
}

/**
 * The records of `text`, one at a time: a fault is thrown ({@link CsvError}) only when the records before it have been
 * given. Lines end with LF or CR LF; columns in messages count bytes of UTF-8.
 */
export function* readCsv(text: string, dialect: CsvDialect): Generator<readonly string[], void> {
  const lines = new Lines(text);
  for (let line = lines.next(); line !== ""; line = lines.next()) {
    if (line === "\n" || line.startsWith(dialect.comment)) continue;
    const start = lines.number;
    const record = readRecord(line, lines, dialect);
    if (record.length !== dialect.fields) throw new CsvError(`record on line ${start}: wrong number of fields`);
    yield record;
  }
}

/** Lines of a text with their LF; "" when there are no more. */
class Lines {
  readonly #text: string;
  #at = 0;
  /** Of the line given last, from 1. */
  number = 0;

  constructor(text: string) {
    // One CR that nothing follows is dropped; so there is no line that has only that.
    this.#text = text.endsWith("\r") ? text.slice(0, -1) : text;
  }

  next(): string {
    const end = this.#text.indexOf("\n", this.#at) + 1 || this.#text.length;
    const line = this.#text.slice(this.#at, end);
    if (line !== "") this.number += 1;
    this.#at = end;
    return line.endsWith("\r\n") ? `${line.slice(0, -2)}\n` : line;
  }
}

/** Go's unicode.IsSpace; JavaScript's \s has U+FEFF and lacks U+0085. */
const leadingSpace = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/y;

/** Nearly all lines hold no quote: their fields are what stands between the separators. */
function readRecord(line: string, lines: Lines, { separator }: CsvDialect): readonly string[] {
  if (line.includes('"')) return readQuoted(line, lines, separator);
  return withoutNewline(line).split(separator).map(trimStart);
}

function trimStart(field: string): string {
  const first = field.charCodeAt(0);
  if (first > 0x20 && first < 0x80) return field;
  return field.slice(skipSpace(field, 0));
}

function skipSpace(text: string, at: number): number {
  leadingSpace.lastIndex = at;
  return at + (leadingSpace.exec(text)?.[0].length ?? 0);
}

function readQuoted(first: string, lines: Lines, separator: string): readonly string[] {
  const start = lines.number;
  const fields: string[] = [];
  let line = first;
  let at = 0;
  for (;;) {
    at = skipSpace(line, at);
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      const field = end < 0 ? withoutNewline(line.slice(at)) : line.slice(at, end);
      const quote = field.indexOf('"');
      if (quote >= 0) throw fault(start, lines.number, line, at + quote, 'bare " in non-quoted-field');
      fields.push(field);
      if (end < 0) return fields;
      at = end + 1;
      continue;
    }
    at += 1;
    let field = "";
    for (;;) {
      const quote = line.indexOf('"', at);
      if (quote < 0) {
        field += line.slice(at);
        const next = lines.next();
        if (next === "") throw fault(start, lines.number, line, line.length, unclosed);
        line = next;
        at = 0;
        continue;
      }
      field += line.slice(at, quote);
      at = quote + 1;
      if (line[at] !== '"') break;
      field += '"';
      at += 1;
    }
    fields.push(field);
    if (line[at] === separator) at += 1;
    else if (at === line.length || line.slice(at) === "\n") return fields;
    else throw fault(start, lines.number, line, at - 1, unclosed);
  }
}

const unclosed = 'extraneous or missing " in quoted-field';

function withoutNewline(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}

/** `index` is the place in the line; everything before it is counted in bytes. */
function fault(start: number, number: number, line: string, index: number, problem: string): CsvError {
  const column = encodeUtf8(line.slice(0, index)).length + 1;
  const where = `parse error on line ${number}, column ${column}: ${problem}`;
  return new CsvError(start === number ? where : `record on line ${start}; ${where}`);
}
