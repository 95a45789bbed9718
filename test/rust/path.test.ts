import { fileName, parentPath, startsWithPath } from "../../src/rust/path.ts";
import { assert, test } from "../suite.ts";

test("a file name is the last part, whatever slashes and dots stand behind it", () => {
  const names = { "/a/b": "b", "/a/b/": "b", "a/b//./": "b", a: "a", "/a/..b": "..b", "./a": "a" };
  for (const [path, name] of Object.entries(names)) assert.is(fileName(path), name, path);
  for (const path of ["", "/", "//", "/.", ".", "./.", "..", "/a/..", "a/../"])
    assert.is(fileName(path), undefined, path);
});

test("a parent is the text before the last part, rid of what stands for nothing at its end", () => {
  const parents = {
    "/a": "/",
    "//a": "/",
    "///a//": "/",
    a: "",
    "a/b/": "a",
    "a/./b": "a",
    "a//.//b/.": "a",
    "/a//b/c": "/a//b",
    "./a": ".",
    "././a": ".",
    ".": "",
    "..": "",
    "/..": "/",
    "a/..": "a",
    "/a/b/a": "/a/b",
    "aa/a": "aa",
  };
  for (const [path, parent] of Object.entries(parents)) assert.is(parentPath(path), parent, path);
  for (const path of ["", "/", "///", "/."]) assert.is(parentPath(path), undefined, path);
});

test("a path starts with another when its parts do", () => {
  assert.ok(startsWithPath("/a//b/c", "/a/./b/"));
  assert.ok(startsWithPath("/a", "/"));
  assert.ok(startsWithPath("a/b", ""));
  assert.not(startsWithPath("/ab", "/a"));
  assert.not(startsWithPath("a", "/a"));
  assert.not(startsWithPath("/a", "/a/b"));
  assert.not(startsWithPath("/a/../a", "/a/a"));
});
