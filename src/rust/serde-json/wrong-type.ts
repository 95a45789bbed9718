/** What is said of values of a wrong type. */
import { debugText } from "../debug.ts";
import { openList, openObject } from "./brackets.ts";
import { type Cursor, problems, type SerdeFault } from "./cursor.ts";
import { displayDouble, readNumber, type SerdeNumber } from "./numbers.ts";
import { readString } from "./strings.ts";

/**
 * The fault that the value which comes next is not what was expected. A scalar is read first, and may hold a fault of its own,
 * which is thrown.
 */
export function wrongType(cursor: Cursor, expecting: string): SerdeFault {
  const first = cursor.peek();
  if (first === openList || first === openObject) {
    return cursor.fault(`invalid type: ${first === openList ? "sequence" : "map"}, expected ${expecting}`);
  }
  const found = describeScalar(cursor, first);
  return found === undefined
    ? cursor.faultAhead(problems.value)
    : cursor.fault(`invalid type: ${found}, expected ${expecting}`);
}

function describeScalar(cursor: Cursor, first: number): string | undefined {
  if (isNumberStart(first)) return describeNumber(readStarted(cursor, first));
  const word = words.get(first);
  if (word === undefined && first !== 0x22) return undefined;
  cursor.index++;
  if (word === undefined) return `string ${debugText(readString(cursor))}`;
  cursor.skipWord(word.slice(1));
  return word === "null" ? word : `boolean \`${word}\``;
}

const words: ReadonlyMap<number, string> = new Map([
  [0x6e, "null"],
  [0x74, "true"],
  [0x66, "false"],
]);

/** Whether a number starts with this byte. */
export function isNumberStart(byte: number): boolean {
  return byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
}

/** The number that starts with the byte `first`, which comes next. Throws {@link SerdeFault}. */
export function readStarted(cursor: Cursor, first: number): SerdeNumber {
  if (first === 0x2d) cursor.index++;
  return readNumber(cursor, first === 0x2d);
}

/** The number as an unexpected one. */
export function describeNumber(number: SerdeNumber): string {
  return typeof number === "bigint" ? `integer \`${number}\`` : `floating point \`${displayDouble(number)}\``;
}
