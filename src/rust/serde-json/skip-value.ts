/** Values of JSON text that nobody wants. */
import { type Cursor, end, problems } from "./cursor.ts";
import { skipNumber } from "./numbers.ts";
import { skipString } from "./strings.ts";

/** What encloses a value: the bytes that open and close it, and what is said of its faults. */
interface Frame {
  readonly closes: number;
  readonly atEnd: string;
  readonly noComma: string;
}

const list: Frame = { closes: 0x5d, atEnd: problems.endInList, noComma: "expected `,` or `]`" };
const object: Frame = { closes: 0x7d, atEnd: problems.endInObject, noComma: "expected `,` or `}`" };

/** Reads one value, nested as deep as it likes. Its faults are told differently from those of values that are wanted. */
export function skipValue(cursor: Cursor): void {
  const frames: Frame[] = [];
  do {
    const opened = skipScalarOrOpening(cursor);
    if (opened !== undefined) frames.push(opened);
    skipClosings(cursor, frames, opened === undefined);
  } while (frames.length > 0);
}

/** Gives the frame that was opened, if it was no scalar. */
function skipScalarOrOpening(cursor: Cursor): Frame | undefined {
  const first = cursor.skipBlanks();
  if (first === end) throw cursor.faultAhead(problems.endInValue);
  if (first >= 0x30 && first <= 0x39) {
    skipNumber(cursor);
    return undefined;
  }
  const skip = scalars.get(first);
  if (skip === undefined && first !== 0x5b && first !== 0x7b) throw cursor.faultAhead(problems.value);
  cursor.index++;
  if (skip === undefined) return first === 0x5b ? list : object;
  skip(cursor);
  return undefined;
}

const scalars: ReadonlyMap<number, (cursor: Cursor) => void> = new Map([
  [0x6e, (cursor: Cursor): void => cursor.skipWord("ull")],
  [0x74, (cursor: Cursor): void => cursor.skipWord("rue")],
  [0x66, (cursor: Cursor): void => cursor.skipWord("alse")],
  [0x2d, skipNumber],
  [0x22, skipString],
]);

/** Reads what closes frames, up to the start of the next value; `hasValue`: the innermost frame holds one already. */
function skipClosings(cursor: Cursor, frames: Frame[], hasValue: boolean): void {
  let acceptsComma = hasValue;
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const next = cursor.skipBlanks();
    if (next === end) throw cursor.faultAhead(frame.atEnd);
    if (next === frame.closes) {
      cursor.index++;
      frames.pop();
      acceptsComma = true;
      continue;
    }
    if (next === 0x2c && acceptsComma) cursor.index++;
    else if (acceptsComma) throw cursor.faultAhead(frame.noComma);
    if (frame === object) skipKey(cursor);
    return;
  }
}

function skipKey(cursor: Cursor): void {
  const first = cursor.skipBlanks();
  if (first === end) throw cursor.faultAhead(problems.endInObject);
  if (first !== 0x22) throw cursor.faultAhead("key must be a string");
  cursor.index++;
  skipString(cursor);
  const next = cursor.skipBlanks();
  if (next === end) throw cursor.faultAhead(problems.endInObject);
  if (next !== 0x3a) throw cursor.faultAhead("expected `:`");
  cursor.index++;
}
