import { cleanPath, joinPath } from "../../src/go/clean-path.ts";
import { fields, trimSpace } from "../../src/go/space.ts";
import { assert, test } from "../suite.ts";

test("paths are cleaned lexically", () => {
  const cleaned = ["", "/", "//a//b/", "a/../..", "/../a", "./a/.", "a/b/../../..", "/.", "..", "a/./..b/..."].map(
    cleanPath,
  );
  assert.equal(cleaned, [".", "/", "/a/b", "..", "/a", "a", "..", "/", "..", "a/..b/..."]);
});

test("joining leaves blank parts out and cleans", () => {
  assert.equal(
    [joinPath(), joinPath("", ""), joinPath("", "/a"), joinPath("a", "", "../b"), joinPath("/", "..")],
    ["", "", "/a", "b", "/"],
  );
});

test("white space is Unicode's, not JavaScript's", () => {
  assert.is(trimSpace("\u0085\u00a0\u2003x\u3000\r\n"), "x");
  assert.is(trimSpace("\ufeffx\u200b"), "\ufeffx\u200b");
  assert.equal(fields("\ta\u1680b\ufeffc\u2029 d "), ["a", "b\ufeffc", "d"]);
  assert.equal(fields(" \u205f"), []);
});
