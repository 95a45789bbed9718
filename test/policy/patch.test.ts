import type { Json } from "../../src/json/value.ts";
import { applyPatch, type Change } from "../../src/policy/patch.ts";
import { assert, test } from "../suite.ts";

const config: Json = {
  a: { b: 1 },
  list: [
    { name: "x", path: "in/one", tags: ["p", "q"] },
    { name: "y", path: "out/two", tags: ["p"] },
    { name: "z", path: "in/three" },
    "text",
  ],
  sets: { one: ["p"], two: [] },
};

function patched(...changes: readonly Change[]): Json {
  return applyPatch(config, changes);
}

/** One part of the patched config. */
function part(key: string, ...changes: readonly Change[]): unknown {
  return (patched(...changes) as { readonly [key: string]: unknown })[key];
}

test("remove takes away a member, an element, or nothing", () => {
  assert.equal(part("a", { op: "remove", at: "/a/b" }), {});
  assert.equal(part("sets", { op: "remove", at: "/sets/one/0" }), { one: [], two: [] });
  for (const at of ["/none", "/a/b/c", "/list/9", "/a/none", "/list/-"])
    assert.equal(patched({ op: "remove", at }), config, at);
});

test("remove with a value takes away only what equals it", () => {
  assert.equal(part("sets", { op: "remove", at: "/sets/*/*", value: "p" }), { one: [], two: [] });
  assert.equal(patched({ op: "remove", at: "/sets/*/*", value: "r" }), config);
  assert.equal(patched({ op: "remove", at: "/a/b", value: 2 }), config);
});

test("where narrows the first star", () => {
  assert.equal(part("list", { op: "remove", at: "/list/*", where: { name: "y" } }), [
    { name: "x", path: "in/one", tags: ["p", "q"] },
    { name: "z", path: "in/three" },
    "text",
  ]);
  assert.equal(part("list", { op: "remove", at: "/list/*/tags/*", where: { name: "x" }, value: "p" }), [
    { name: "x", path: "in/one", tags: ["q"] },
    { name: "y", path: "out/two", tags: ["p"] },
    { name: "z", path: "in/three" },
    "text",
  ]);
});

test("a star in a text of where stands for any characters", () => {
  const names = (path: string): unknown =>
    part("list", { op: "remove", at: "/list/*", where: { path } }, { op: "remove", at: "/list/*", value: "text" });
  const rest = (path: string): readonly string[] => (names(path) as { name: string }[]).map(({ name }) => name);
  assert.equal(rest("in/*"), ["y"]);
  assert.equal(rest("*/t*"), ["x"]);
  assert.equal(rest("*"), []);
  assert.equal(rest("in"), ["x", "y", "z"]);
  assert.equal(rest("in/one*one"), ["x", "y", "z"]);
});

test("where asks for members that are there", () => {
  assert.equal(patched({ op: "remove", at: "/list/*", where: { none: "x" } }), config);
  assert.equal(patched({ op: "remove", at: "/list/*", where: { constructor: "*" } }), config);
});

test("set replaces a value or makes a member, but no way to it", () => {
  assert.equal(part("a", { op: "set", at: "/a/b", value: 2 }), { b: 2 });
  assert.equal(part("a", { op: "set", at: "/a/c", value: [] }), { b: 1, c: [] });
  assert.equal(patched({ op: "set", at: "/none/c", value: 1 }), config);
  assert.equal(part("list", { op: "set", at: "/list/*/path", where: { path: "in/*" }, value: "in" }), [
    { name: "x", path: "in", tags: ["p", "q"] },
    { name: "y", path: "out/two", tags: ["p"] },
    { name: "z", path: "in" },
    "text",
  ]);
});

test("add appends to a list, to each of several, or to one that is not there yet", () => {
  assert.equal(part("sets", { op: "add", at: "/sets/*", value: "r" }), { one: ["p", "r"], two: ["r"] });
  assert.equal(part("sets", { op: "add", at: "/sets/three", value: "r" }), { one: ["p"], two: [], three: ["r"] });
  assert.equal(patched({ op: "add", at: "/none/three", value: "r" }), config);
  assert.equal(patched({ op: "add", at: "/a/b", value: "r" }), config);
});

test("add does not repeat what the list has", () => {
  assert.equal(part("sets", { op: "add", at: "/sets/*", value: "p" }), { one: ["p"], two: ["p"] });
});

test("changes are made in order, and the config given is left alone", () => {
  const before = JSON.stringify(config);
  const after = patched({ op: "set", at: "/a/b", value: 2 }, { op: "remove", at: "/a/b", value: 2 });
  assert.equal((after as { a: unknown }).a, {});
  assert.is(JSON.stringify(config), before);
});

test("keys with a slash or a tilde are escaped as in a pointer", () => {
  assert.equal(
    applyPatch({ "a/b": 1, "c~d": 2, e: 3 }, [
      { op: "remove", at: "/a~1b" },
      { op: "remove", at: "/c~0d" },
    ]),
    { e: 3 },
  );
});
