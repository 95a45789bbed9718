import { ocamlList } from "../../src/systems/obuilder/ocaml-list.ts";
import { ocamlLiteral } from "../../src/systems/obuilder/ocaml-literal.ts";
import { assert, test } from "../suite.ts";

const before = "Unsupported network configuration ";
const indent = " ".repeat(35);

/** The literal of a name of `length` characters. */
const quoted = (length: number): string => `"${"x".repeat(length)}"`;

/** The message for names of these lengths. */
const message = (...lengths: readonly number[]): string =>
  ocamlList(
    before,
    lengths.map((length) => "x".repeat(length)),
  );

test("a literal names six characters, and writes other bytes outside printable ASCII as three decimal digits", () => {
  assert.is(ocamlLiteral('"\\\n\t\r\b'), String.raw`"\"\\\n\t\r\b"`);
  assert.is(ocamlLiteral("\u0000\u001b\u007f\f\v"), String.raw`"\000\027\127\012\011"`);
  assert.is(ocamlLiteral("é日😀"), String.raw`"\195\169\230\151\165\240\159\152\128"`);
});

test("a literal leaves blanks, single quotes and the ends of printable ASCII alone", () => {
  assert.is(ocamlLiteral(" ' ~"), `" ' ~"`);
  assert.is(ocamlLiteral(""), '""');
});

test("a message of exactly 77 characters stays on one line, one more breaks it", () => {
  assert.is(message(33, 2), `${before}[${quoted(33)}; ${quoted(2)}]`);
  assert.is(message(33, 2).length, 77);
  assert.is(message(34, 2), `${before}[${quoted(34)};\n${indent}${quoted(2)}]`);
});

test("in a longer message an item with its semicolon may end at column 77, not at 78", () => {
  assert.is(message(20, 15, 30), `${before}[${quoted(20)}; ${quoted(15)};\n${indent}${quoted(30)}]`);
  assert.is(message(20, 16, 30), `${before}[${quoted(20)};\n${indent}${quoted(16)};\n${indent}${quoted(30)}]`);
});

test("the last item counts its bracket as others count their semicolon", () => {
  assert.is(message(60, 20, 15), `${before}[${quoted(60)};\n${indent}${quoted(20)}; ${quoted(15)}]`);
  assert.is(message(60, 20, 16), `${before}[${quoted(60)};\n${indent}${quoted(20)};\n${indent}${quoted(16)}]`);
});

test("there is no break before the first item, however long it is", () => {
  assert.is(message(100), `${before}[${quoted(100)}]`);
  assert.is(message(100, 1), `${before}[${quoted(100)};\n${indent}${quoted(1)}]`);
});

test("in a longer message an item that fits but starts beyond column 68 leaves its blank and starts a line", () => {
  assert.is(message(29, 2, 40), `${before}[${quoted(29)}; ${quoted(2)};\n${indent}${quoted(40)}]`);
  assert.is(message(30, 2, 40), `${before}[${quoted(30)}; \n${indent}${quoted(2)};\n${indent}${quoted(40)}]`);
});

test("an escape counts the columns that it takes", () => {
  const nulls = String.raw`"\000\000\000\000\000\000\000\000\000"`;
  assert.is(ocamlList(before, ["\u0000".repeat(9), ""]), `${before}[${nulls};\n${indent}""]`);
});
