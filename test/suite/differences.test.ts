import type { Json } from "../../src/json/value.ts";
import { describeDifferences, differences } from "../../src/suite/differences.ts";
import { assert, test } from "../suite.ts";

function places(promised: Json, seen: Json): readonly string[] {
  return differences(promised, seen).map(({ pointer }) => pointer);
}

test("equal values have none, whatever the order of their keys", () => {
  assert.equal(places({ a: 1, b: [1n] }, { b: [1], a: 1n }), []);
});

test("the smallest differing part is named", () => {
  assert.equal(places({ a: { "b/c": [1, 2] } }, { a: { "b/c": [1, 3] } }), ["/a/b~1c/1"]);
  assert.equal(places({ a: 1 }, { b: 1 }), ["/a", "/b"]);
  assert.equal(places([1], { 0: 1 }), [""]);
});

test("items that came and items that went are told where they stand", () => {
  assert.equal(places(["a", "b", "c"], ["a", "x", "y", "c"]), ["/1", "/1", "/2"]);
  assert.equal(places([1, 2, 3], [1, 2, 3, 4]), ["/3"]);
  assert.equal(places([1, 1], [1]), ["/1"]);
});

test("lists that differ in nothing but order and number are told as a whole", () => {
  assert.equal(places({ a: 1, l: [1, 2, 1, 2] }, { a: 2, l: [2, 1] }), ["/a", "/l"]);
});

test("a description is short, however long the values are", () => {
  const text = describeDifferences(differences({ a: "x".repeat(5000) }, { a: 1, b: null }));
  assert.match(text, /^\/a: promised "x{199}… \(5002 characters\), seen 1\n\/b: promised nothing, seen null$/);
});
