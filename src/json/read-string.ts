/** Reads one JSON string. */
import type { Reader } from "./reader.ts";

/** The string that starts at the reader's place (a double quote); leaves the reader behind its closing quote. */
export function readString(reader: Reader): string {
  const { text } = reader;
  let value = "";
  let start = reader.at + 1;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      reader.at = at + 1;
      return value + text.slice(start, at);
    }
    if (code === 0x5c) {
      value += text.slice(start, at);
      reader.at = at + 1;
      value += readEscape(reader);
      start = reader.at;
      at = start - 1;
    } else if (!(code >= 0x20)) {
      // Also NaN: the text ends here.
      reader.at = at;
      reader.expected(
        at < text.length ? "an escape such as \\n in place of a control character" : "a closing double quote",
      );
    }
  }
}

/** What the escape behind a backslash means; leaves the reader behind it. */
function readEscape(reader: Reader): string {
  const code = reader.text.charCodeAt(reader.at);
  if (code === 0x75) return readUnicode(reader);
  const at = '"\\/bfnrt'.indexOf(reader.text.charAt(reader.at));
  if (at < 0 || reader.at >= reader.text.length) reader.expected('one of " \\ / b f n r t u after a backslash');
  reader.at++;
  return '"\\/\b\f\n\r\t'.charAt(at);
}

/** One UTF-16 code unit from four hexadecimal digits; halves of a pair are read one after the other. */
function readUnicode(reader: Reader): string {
  let unit = 0;
  for (let count = 0; count < 4; count++) {
    reader.at++;
    const digit = hexDigit(reader.text.charCodeAt(reader.at));
    if (digit < 0) reader.expected("four hexadecimal digits after \\u");
    unit = unit * 16 + digit;
  }
  reader.at++;
  return String.fromCharCode(unit);
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
