import { JsonError } from "../../src/json/json-error.ts";
import { type JsonLimits, parseJson } from "../../src/json/parse.ts";
import { printCompact } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { assert, test } from "../suite.ts";

/** The error that reading `text` throws. */
function errorOf(text: string, limits?: JsonLimits): JsonError {
  try {
    parseJson(text, limits);
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
  throw new Error(`${text.slice(0, 80)} was read without an error`);
}

/** Wrong texts with code, line, column, pointer and the end of the message. */
const wrong: readonly (readonly [string, string, number, number, string, string])[] = [
  ["", "json-syntax", 1, 1, "", "expected a value, found the end of the document"],
  [" \n ", "json-syntax", 2, 2, "", "expected a value, found the end of the document"],
  ["{]", "json-syntax", 1, 2, "", 'expected a key in double quotes, found "]"'],
  ["{a:1}", "json-syntax", 1, 2, "", 'expected a key in double quotes, found "a"'],
  ['{"a":1,}', "json-syntax", 1, 8, "", 'expected a key in double quotes, found "}"'],
  ['{"a" 1}', "json-syntax", 1, 6, "/a", 'expected a colon after the key, found "1"'],
  ['{"a":1 "b":2}', "json-syntax", 1, 8, "", 'expected a comma or }, found """'],
  ['{"a":{"b/c":[1,\r\n tru]}}', "json-syntax", 2, 2, "/a/b~1c/1", 'expected a value, found "tru"'],
  ["[\r1,\n\r\n\n1,\r\r]", "json-syntax", 7, 1, "/2", 'expected a value, found "]"'],
  ["[1,]", "json-syntax", 1, 4, "/1", 'expected a value, found "]"'],
  ["[1 2]", "json-syntax", 1, 4, "", 'expected a comma or ], found "2"'],
  ["[1", "json-syntax", 1, 3, "", "expected a comma or ], found the end of the document"],
  ["1 2", "json-syntax", 1, 3, "", 'expected the end of the document, found "2"'],
  ["nul", "json-syntax", 1, 1, "", 'expected a value, found "nul"'],
  ["NaN", "json-syntax", 1, 1, "", 'expected a value, found "NaN"'],
  ["\u00a01", "json-syntax", 1, 1, "", "expected a value, found the character U+00A0"],
  ["[\f]", "json-syntax", 1, 2, "/0", "expected a value, found the character U+000C"],
  ["// x", "json-syntax", 1, 1, "", 'expected a value, found "/"'],
  ["'a'", "json-syntax", 1, 1, "", `expected a value, found "'"`],
  ["[01]", "json-syntax", 1, 3, "/0", 'expected no digit after a leading 0, found "1"'],
  ["[-]", "json-syntax", 1, 3, "/0", 'expected a digit, found "]"'],
  ["[+1]", "json-syntax", 1, 2, "/0", 'expected a value, found "+"'],
  ["[.5]", "json-syntax", 1, 2, "/0", 'expected a value, found "."'],
  ["[1.]", "json-syntax", 1, 4, "/0", 'expected a digit, found "]"'],
  ["[1e+]", "json-syntax", 1, 5, "/0", 'expected a digit, found "]"'],
  ["[0x1]", "json-syntax", 1, 3, "", 'expected a comma or ], found "x"'],
  ["[1e999]", "json-number-range", 1, 2, "/0", "the number does not fit a double; expected less than 1.8e308"],
  ['"a', "json-syntax", 1, 3, "", "expected a closing double quote, found the end of the document"],
  [
    '"a\\',
    "json-syntax",
    1,
    4,
    "",
    'expected one of " \\ / b f n r t u after a backslash, found the end of the document',
  ],
  ['"\\x"', "json-syntax", 1, 3, "", 'expected one of " \\ / b f n r t u after a backslash, found "x"'],
  ['"\\u00g0"', "json-syntax", 1, 6, "", 'expected four hexadecimal digits after \\u, found "g"'],
  [
    '"a\tb"',
    "json-syntax",
    1,
    3,
    "",
    "expected an escape such as \\n in place of a control character, found the character U+0009",
  ],
  ['{"a":1,"a":1}', "json-duplicate-key", 1, 8, "/a", 'the key "a" occurs twice in one object'],
  [
    '{"__proto__":1,"\\u005f_proto__":1}',
    "json-duplicate-key",
    1,
    16,
    "/__proto__",
    'the key "__proto__" occurs twice in one object',
  ],
];

for (const [text, code, line, column, pointer, problem] of wrong) {
  test(`${JSON.stringify(text)} is refused with its place`, () => {
    const error = errorOf(text);
    const { message } = error;
    assert.equal([error.code, error.line, error.column, error.pointer], [code, line, column, pointer]);
    assert.is(message, `line ${line}, column ${column}${pointer === "" ? "" : ` (${pointer})`}: ${problem}`);
  });
}

/** Texts and the values they mean. */
const right: readonly (readonly [string, Json])[] = [
  [' \t\r\n{ "a" : [ ] , "b" : { } } ', { a: [], b: {} }],
  ["[null,true,false]", [null, true, false]],
  ['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00"', '"\\/\b\f\n\r\té😀'],
  ['"\\ud800x"', "\ud800x"],
  ['"\u2028\u007f"', "\u2028\u007f"],
  ["[0,-1,1.5,-0.25,1e3,1E-2,2.5e+1]", [0, -1, 1.5, -0.25, 1000, 0.01, 25]],
  ["[9007199254740991,-9007199254740991]", [9007199254740991, -9007199254740991]],
  ["[9007199254740992,-9007199254740993]", [9007199254740992n, -9007199254740993n]],
  ["18446744073709551615", 18446744073709551615n],
  ["9007199254740993.0", 9007199254740992],
  ["1e-999", 0],
];

for (const [text, value] of right) {
  test(`${JSON.stringify(text)} is read as it is`, () => assert.equal(parseJson(text), value));
}

test("negative zero is read as zero in every spelling", () => {
  for (const text of ["-0", "-0.0", "-0e5"]) assert.ok(Object.is(parseJson(text), 0), text);
});

test("an integer of thousands of digits is exact, of millions refused", () => {
  assert.is(parseJson("7".repeat(4096)), BigInt("7".repeat(4096)));
  assert.is(errorOf("7".repeat(3_000_000)).code, "json-number-range");
});

test("names of Object.prototype are ordinary keys", () => {
  const value = parseJson('{"__proto__":{"x":1},"constructor":2,"toString":3}');
  assert.is(Object.getPrototypeOf(value), null);
  assert.is(printCompact(value), '{"__proto__":{"x":1},"constructor":2,"toString":3}');
});

test("a byte order mark is refused by name", () => {
  const error = errorOf("\ufeff{}");
  assert.is(error.code, "json-byte-order-mark");
  assert.match(error.message, "byte order mark");
  assert.match(error.hint ?? "", "UTF-8");
});

test("512 levels are read, 513 are refused", () => {
  parseJson(`${"[".repeat(512)}${"]".repeat(512)}`);
  const error = errorOf(`${"[".repeat(513)}${"]".repeat(513)}`);
  assert.equal([error.code, error.column, error.pointer], ["json-too-deep", 513, "/0".repeat(512)]);
});

test("200,000 levels are a clear error of readable length", () => {
  for (const open of ["[", '{"a":']) {
    const error = errorOf(open.repeat(200_000));
    assert.is(error.code, "json-too-deep");
    assert.match(error.message, "expected at most 512 levels");
    assert.ok(error.message.length < 300, error.message);
  }
});

test("the depth counts nesting, not members", () => {
  assert.equal(parseJson("[[],[[]],{}]", { depth: 3 }), [[], [[]], {}]);
  assert.is(errorOf("[[],[[]],{}]", { depth: 2 }).pointer, "/1/0");
});

test("a text beyond the size limit is refused unread", () => {
  assert.is(parseJson("1234", { size: 4 }), 1234);
  assert.is(errorOf("]]]]]", { size: 4 }).code, "json-too-large");
});
