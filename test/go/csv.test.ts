import { CsvError, readCsv } from "../../src/go/csv.ts";
import { assert, test } from "../suite.ts";

/** The records of a text with `count` fields, each joined by bars, and the fault behind them. */
function read(text: string, count = 2): readonly string[] {
  const seen: string[] = [];
  try {
    for (const record of readCsv(text, { separator: ";", comment: "%", fields: count })) seen.push(record.join("|"));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    seen.push(error.message);
  }
  return seen;
}

test("records are lines, with any of three ends", () => {
  assert.equal(read("a;b\nc;d\r\ne;f"), ["a|b", "c|d", "e|f"]);
  assert.equal(read("a;b\r"), ["a|b"]);
  assert.equal(read("a;b\r\r"), ["a|b\r"]);
  assert.equal(read("a;b\rc\n"), ["a|b\rc"]);
});

test("empty lines and comments are no records, lines of blanks are", () => {
  assert.equal(read("\n\r\n%a;b;c\na;b\n%"), ["a|b"]);
  assert.equal(read(""), []);
  assert.equal(read(" \n", 1), [""]);
  assert.equal(read(" %\n", 1), ["%"]);
});

test("records before a fault are given", () => {
  assert.equal(read("a;b\nc\n"), ["a|b", "record on line 2: wrong number of fields"]);
});

test("quoted fields hold separators, quotes, line ends and comments", () => {
  assert.equal(read('"a;b";"c""d"\n'), ['a;b|c"d']);
  assert.equal(read('"a\r\n%b\n\nc";d\n'), ["a\n%b\n\nc|d"]);
  assert.equal(read('  "a" ;b\n'), ['parse error on line 1, column 5: extraneous or missing " in quoted-field']);
  assert.equal(read('"";""'), ["|"]);
});

test("columns count bytes and start anew on every line", () => {
  assert.equal(read('é;ü"\n'), ['parse error on line 1, column 6: bare " in non-quoted-field']);
  assert.equal(read('a;"b\n😀"c\n'), [
    'record on line 1; parse error on line 2, column 5: extraneous or missing " in quoted-field',
  ]);
  assert.equal(read('a;"b\n\n\n'), [
    'record on line 1; parse error on line 3, column 2: extraneous or missing " in quoted-field',
  ]);
  assert.equal(read('a;"b'), ['parse error on line 1, column 5: extraneous or missing " in quoted-field']);
});

test("leading space is trimmed by Go's notion of it, trailing space never", () => {
  assert.equal(read("\u0085\u00a0\u3000a ;\t\v\fb\u2028\n"), ["a |b\u2028"]);
  assert.equal(read("\ufeffa;\u200bb\n"), ["\ufeffa|\u200bb"]);
  assert.equal(read("a; \n"), ["a|"]);
});
