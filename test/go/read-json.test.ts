import { jsonText } from "../../src/go/json-text.ts";
import { GoTypeError, readAs } from "../../src/go/read-json.ts";
import { always, list, map, pointer, struct } from "../../src/go/type.ts";
import type { Json } from "../../src/json/value.ts";
import { assert, test } from "../suite.ts";

const inner = struct({ name: always("string"), size: "uint16" });
const type = struct({
  text: "string",
  flag: "bool",
  count: pointer("int64"),
  items: list(inner),
  table: map(inner),
  part: always(inner),
  maybe: pointer(inner),
  names: always(list("string")),
  free: "any",
});

const written = (value: Json): string => jsonText(readAs(type, value));

function fault(value: Json): string {
  try {
    readAs(type, value);
  } catch (error) {
    if (error instanceof GoTypeError) return `${error.pointer}: ${error.message}`;
    throw error;
  }
  return "read";
}

test("what is empty is left out, what is set to nothing is not", () => {
  assert.is(written({}), '{"part":{"name":""},"names":null}');
  assert.is(
    written({ text: "", flag: false, count: 0, items: [], table: {}, maybe: {}, names: [], free: "" }),
    '{"count":0,"part":{"name":""},"maybe":{"name":""},"names":[],"free":""}',
  );
});

test("members come in the order of the fields, maps sorted, unknown ones not at all", () => {
  assert.is(
    written({
      zzz: 1,
      names: ["b"],
      table: { b: {}, a: { size: 1 } },
      items: [null, { size: 2, name: "n" }],
      text: "t",
    }),
    '{"text":"t","items":[{"name":""},{"name":"n","size":2}],"table":{"a":{"name":"","size":1},"b":{"name":""}},"part":{"name":""},"names":["b"]}',
  );
});

test("keys may differ in case, of two the later one counts", () => {
  assert.is(written({ TEXT: "a", Flag: true }), '{"text":"a","flag":true,"part":{"name":""},"names":null}');
  assert.is(written({ text: "a", Text: "b" }), '{"text":"b","part":{"name":""},"names":null}');
  assert.is(written({ text: "a", Text: null }), '{"text":"a","part":{"name":""},"names":null}');
  assert.is(written({ "name\u017f": ["k"] }), '{"part":{"name":""},"names":["k"]}');
});

test("what the type does not take is refused at its place", () => {
  assert.is(fault({ text: 1 }), "/text: expected a string, found a number");
  assert.is(fault({ items: [{}, { size: 65536 }] }), "/items/1/size: 65536 does not fit uint16");
  assert.is(fault({ table: { "a/b": [] } }), "/table/a~1b: expected an object, found a list");
  assert.is(fault({ count: 9223372036854775808n }), "/count: 9223372036854775808 does not fit int64");
  assert.is(fault({ count: 0.5 }), "/count: expected a whole number, found a number");
  assert.is(fault([]), ": expected an object, found a list");
});
