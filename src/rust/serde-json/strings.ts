/** Strings of JSON text. */
import { textOfUtf8 } from "../../bytes/utf8.ts";
import { type Cursor, end } from "./cursor.ts";

const quote = 0x22;
const backslash = 0x5c;

/** The string whose opening quote is read. Throws {@link ./cursor.ts | SerdeFault}; that its bytes are no UTF-8 is seen at its end. */
export function readString(cursor: Cursor): string {
  const pieces: (string | undefined)[] = [];
  for (let start = cursor.index; ; start = cursor.index) {
    const stop = skipPlain(cursor);
    if (cursor.index > start) pieces.push(textOfUtf8(cursor.bytes.subarray(start, cursor.index)));
    if (stop === end) throw cursor.fault(endInString);
    cursor.index++;
    if (stop === quote) break;
    if (stop !== backslash) throw cursor.fault(controlCharacter);
    pieces.push(readEscape(cursor));
  }
  if (pieces.includes(undefined)) throw cursor.fault("invalid unicode code point");
  return pieces.join("");
}

/** Reads on to the end of a string that nobody wants, which is checked less. */
export function skipString(cursor: Cursor): void {
  for (;;) {
    const stop = skipPlain(cursor);
    if (stop === end) throw cursor.fault(endInString);
    if (stop !== quote && stop !== backslash) throw cursor.fault(controlCharacter);
    cursor.index++;
    if (stop === quote) return;
    const byte = nextInString(cursor);
    if (byte === letterU) readHexadecimal(cursor);
    else if (!escapes.has(byte)) throw cursor.fault("invalid escape");
  }
}

const endInString = "EOF while parsing a string";
const controlCharacter = "control character (\\u0000-\\u001F) found while parsing a string";

/** Reads on to the next byte that means something in a string, which stays unread. */
function skipPlain(cursor: Cursor): number {
  for (;;) {
    const byte = cursor.peek();
    if (byte < 0x20 || byte === quote || byte === backslash) return byte;
    cursor.index++;
  }
}

function nextInString(cursor: Cursor): number {
  const byte = cursor.next();
  if (byte === end) throw cursor.fault(endInString);
  return byte;
}

const letterU = 0x75;

const escapes: ReadonlyMap<number, string> = new Map(
  Object.entries({ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }).map(
    ([letter, meaning]) => [letter.charCodeAt(0), meaning],
  ),
);

function readEscape(cursor: Cursor): string {
  const byte = nextInString(cursor);
  if (byte === letterU) return readUnicodeEscape(cursor);
  const meaning = escapes.get(byte);
  if (meaning === undefined) throw cursor.fault("invalid escape");
  return meaning;
}

function readUnicodeEscape(cursor: Cursor): string {
  const unit = readHexadecimal(cursor);
  if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
  if (unit >= 0xdc00) throw cursor.fault(loneSurrogate);
  expectInEscape(cursor, backslash);
  expectInEscape(cursor, letterU);
  const second = readHexadecimal(cursor);
  if (second < 0xdc00 || second > 0xdfff) throw cursor.fault(loneSurrogate);
  return String.fromCharCode(unit, second);
}

const loneSurrogate = "lone leading surrogate in hex escape";

function expectInEscape(cursor: Cursor, wanted: number): void {
  if (nextInString(cursor) !== wanted) throw cursor.fault("unexpected end of hex escape");
}

function readHexadecimal(cursor: Cursor): number {
  if (cursor.index + 4 > cursor.bytes.length) {
    cursor.index = cursor.bytes.length;
    throw cursor.fault(endInString);
  }
  let unit = 0;
  for (let place = 0; place < 4; place++) {
    const digit = "0123456789abcdef".indexOf(String.fromCharCode(cursor.next()).toLowerCase());
    if (digit === -1) throw cursor.fault("invalid escape");
    unit = unit * 16 + digit;
  }
  return unit;
}
