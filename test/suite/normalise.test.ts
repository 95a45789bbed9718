import { normalise } from "../../src/suite/normalise.ts";
import { assert, test } from "../suite.ts";

test("the named lists are sorted, scalars and objects alike, and nothing else", () => {
  const value = {
    a: ["b", "a"],
    o: [
      { n: 2, a: 1 },
      { a: 1, n: 1 },
    ],
    rest: [2, 1],
  };
  assert.equal(normalise(value, ["/a", "/o"]), {
    a: ["a", "b"],
    o: [
      { a: 1, n: 1 },
      { n: 2, a: 1 },
    ],
    rest: [2, 1],
  });
});

test("* stands for every key and position, and escapes are those of JSON pointers", () => {
  const value = { "a/b": [{ l: [2, 1] }, { l: [4, 3] }], "~": { x: ["b", "a"], y: ["d", "c"] } };
  assert.equal(normalise(value, ["/a~1b/*/l", "/~0/*"]), {
    "a/b": [{ l: [1, 2] }, { l: [3, 4] }],
    "~": { x: ["a", "b"], y: ["c", "d"] },
  });
});

test("a pointer to no list changes nothing, and the whole document may be the list", () => {
  assert.equal(normalise({ a: "x" }, ["/a", "/b/c", "/a/0"]), { a: "x" });
  assert.equal(normalise([2, 1], [""]), [1, 2]);
});

test("the value itself stays as it was", () => {
  const value = { a: ["b", "a"] };
  normalise(value, ["/a"]);
  assert.equal(value, { a: ["b", "a"] });
});
