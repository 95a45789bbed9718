import { parseJson } from "../../src/json/parse.ts";
import { atPointer, pointerOf } from "../../src/json/pointer.ts";
import { assert, test } from "../suite.ts";

const document = parseJson('{"a":[10,{"b/c":11,"~":12,"":13}],"0":14,"~1":15,"__proto__":16}');

test("a pointer names keys and positions, with ~ and / escaped", () => {
  assert.is(pointerOf([]), "");
  assert.is(pointerOf(["a", 1, "b/c", "~1", ""]), "/a/1/b~1c/~01/");
});

test("a pointer finds what it names", () => {
  const found = ["/a/0", "/a/1/b~1c", "/a/1/~0", "/a/1/", "/0", "/~01", "/__proto__"];
  assert.equal(
    found.map((pointer) => atPointer(document, pointer)),
    [10, 11, 12, 13, 14, 15, 16],
  );
  assert.is(atPointer(document, ""), document);
});

test("a pointer to nothing finds nothing", () => {
  const nothing = ["/b", "/a/2", "/a/-", "/a/00", "/a/-1", "/a/length", "/a/0/x", "/constructor", "a", "/~2", "/~"];
  for (const pointer of nothing) assert.is(atPointer({ a: [0] }, pointer), undefined, pointer);
});

test("what a pointer was made from is found by it", () => {
  for (const key of ["", "/", "~", "~0", "~1", "a/b~c"])
    assert.is(atPointer({ [key]: [7] }, pointerOf([key, 0])), 7, key);
});
