import { parseJson } from "../../src/json/parse.ts";
import { printCompact, printJson } from "../../src/json/print.ts";
import type { Json } from "../../src/json/value.ts";
import { assert, test } from "../suite.ts";

test("the canonical text sorts keys, indents by two and ends with a newline", () => {
  const text = '{\n  "a": [\n    1,\n    {\n      "x": null\n    }\n  ],\n  "b": "é\\n"\n}\n';
  assert.is(printJson({ b: "é\n", a: [1, { x: null }] }), text);
});

test("empty lists and objects stand inline", () => {
  assert.is(printJson({ a: [], b: {} }), '{\n  "a": [],\n  "b": {}\n}\n');
  assert.is(printJson([]), "[]\n");
});

test("keys are sorted by UTF-16 code unit, numbers among them as text", () => {
  const keys = Object.keys(JSON.parse(printJson({ "\uffee": 0, "😀": 0, b: 0, a: 0, Z: 0 })));
  assert.equal(keys, ["Z", "a", "b", "😀", "\uffee"]);
  assert.is(printJson({ 9: 0, 10: 0 }), '{\n  "10": 0,\n  "9": 0\n}\n');
});

test("the compact text keeps the order of keys and stands on one line", () => {
  assert.is(printCompact({ b: [1, "x\u2028"], a: {}, c: [] }), '{"b":[1,"x\u2028"],"a":{},"c":[]}');
});

test("scalars are documents too", () => {
  const scalars: readonly Json[] = [null, true, "", 0, -1.5, 2n ** 64n];
  assert.equal(scalars.map(printCompact), ["null", "true", '""', "0", "-1.5", "18446744073709551616"]);
});

test("half a surrogate pair is written as an escape and read back", () => {
  assert.is(printCompact("\ud800"), '"\\ud800"');
  assert.is(parseJson(printCompact("\ud800")), "\ud800");
});

test("doubles of any size survive a round trip of print and parse", () => {
  for (const text of ["9007199254740993.0", "1e20", "1e21", "1.5e300", "5e-324", "0.1", "1e3"]) {
    const once = printCompact(parseJson(text));
    assert.is(printCompact(parseJson(once)), once, text);
    assert.is(Number(once), Number(text), text);
  }
});

test("what no JSON has is a bug of ours", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) assert.throws(() => printJson(value), TypeError);
});

test("a document as deep as the reader takes is printed", () => {
  const deep = `${"[".repeat(512)}${"]".repeat(512)}`;
  assert.is(printCompact(parseJson(deep)), deep);
  assert.is(printCompact(parseJson(printJson(parseJson(deep)))), deep);
});

test("__proto__ is printed like any key", () => {
  assert.is(printJson(parseJson('{"__proto__":{}}')), '{\n  "__proto__": {}\n}\n');
});
