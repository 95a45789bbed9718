/** Lists and objects of JSON text, from bracket to bracket. */
import { type Cursor, end, problems, SerdeFault } from "./cursor.ts";
import { readString } from "./strings.ts";

/** The bytes that open a list and an object. */
export const openList = 0x5b;
export const openObject = 0x7b;

const closesList = 0x5d;
const closesObject = 0x7d;

/** What is said of text behind a value. */
export const trailingCharacters = "trailing characters";
const trailingComma = "trailing comma";

/** The byte at which a value starts, which stays unread. Throws {@link SerdeFault} at the end of the text. */
export function startOf(cursor: Cursor): number {
  const first = cursor.skipBlanks();
  if (first === end) throw cursor.faultAhead(problems.endInValue);
  return first;
}

/** What `read` gives, from bracket to bracket. A fault inside does not keep serde from closing first, and where that ends is its place. */
export function enclosed<Value>(
  cursor: Cursor,
  close: (cursor: Cursor) => SerdeFault | undefined,
  read: () => Value,
): Value {
  cursor.index++;
  let value: Value;
  try {
    value = read();
  } catch (error) {
    if (!(error instanceof SerdeFault)) throw error;
    close(cursor);
    throw error.placed(cursor.index);
  }
  const fault = close(cursor);
  if (fault !== undefined) throw fault;
  return value;
}

/** Reads the end of a list. Gives the fault, since not everybody wants it. */
export function closeList(cursor: Cursor): SerdeFault | undefined {
  const next = cursor.skipBlanks();
  if (next === end) return cursor.faultAhead(problems.endInList);
  if (next !== closesList && next !== 0x2c) return cursor.faultAhead(trailingCharacters);
  cursor.index++;
  if (next === closesList) return undefined;
  return cursor.faultAhead(cursor.skipBlanks() === closesList ? trailingComma : trailingCharacters);
}

/** Reads the end of an object. Gives the fault, since not everybody wants it. */
export function closeObject(cursor: Cursor): SerdeFault | undefined {
  const next = cursor.skipBlanks();
  if (next === end) return cursor.faultAhead(problems.endInObject);
  if (next !== closesObject) return cursor.faultAhead(next === 0x2c ? trailingComma : trailingCharacters);
  cursor.index++;
  return undefined;
}

/** Moves to the next item of a list; false at its end. Throws {@link SerdeFault}. */
export function nextItem(cursor: Cursor, isFirst: boolean): boolean {
  const next = nextPart(cursor, isFirst, closesList, "expected `,` or `]`", problems.endInList);
  if (next === undefined) return false;
  if (next === closesList) throw cursor.faultAhead(trailingComma);
  if (next === end) throw cursor.faultAhead(problems.endInValue);
  return true;
}

/** The next key of an object; undefined at its end. Throws {@link SerdeFault}. */
export function nextKey(cursor: Cursor, isFirst: boolean): string | undefined {
  const next = nextPart(cursor, isFirst, closesObject, "expected `,` or `}`", problems.endInObject);
  if (next === undefined) return undefined;
  if (next === closesObject) throw cursor.faultAhead(trailingComma);
  if (next === end) throw cursor.faultAhead(problems.endInValue);
  if (next !== 0x22) throw cursor.faultAhead("key must be a string");
  cursor.index++;
  return readString(cursor);
}

/** The byte at which the next part starts; undefined when the closing bracket `closes` comes instead. */
function nextPart(
  cursor: Cursor,
  isFirst: boolean,
  closes: number,
  noComma: string,
  atEnd: string,
): number | undefined {
  const next = cursor.skipBlanks();
  if (next === closes) return undefined;
  if (next === end) throw cursor.faultAhead(atEnd);
  if (isFirst) return next;
  if (next !== 0x2c) throw cursor.faultAhead(noComma);
  cursor.index++;
  return cursor.skipBlanks();
}

/** Reads the colon behind a key. Throws {@link SerdeFault}. */
export function readColon(cursor: Cursor): void {
  const next = cursor.skipBlanks();
  if (next === end) throw cursor.faultAhead(problems.endInObject);
  if (next !== 0x3a) throw cursor.faultAhead("expected `:`");
  cursor.index++;
}
