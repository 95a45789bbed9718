import type { Json } from "../../src/json/value.ts";
import { fillTokens, unexplained } from "../../src/suite/substitute.ts";
import { assert, test } from "../suite.ts";

test("a string that is one token takes the token's type; inside a string it becomes text", () => {
  const tokens = { cell: "/run/c", uid: 1000 };
  assert.equal(fillTokens({ a: "{{uid}}", b: ["{{cell}}/x:{{uid}}", "{{cell}}"] }, tokens), {
    a: 1000,
    b: ["/run/c/x:1000", "/run/c"],
  });
});

test("words in braces that are no token stay, whatever JavaScript objects have", () => {
  const text = ["{{other}}", "{{constructor}} {{toString}}", "{{ uid }}", "{uid}"];
  assert.equal(fillTokens(text, { uid: 1 }), text);
});

test("what does not change is shared", () => {
  const value = { a: [1, "x"] };
  assert.is(fillTokens(value, { uid: 1 }), value);
});

const before = {
  dir: "/srv/old",
  host: { uid: 1000, gid: 1001 },
  argv: ["a", "b"],
  shell: "/opt/old/sh",
  rootless: true,
};
const after = {
  dir: "/run/new",
  host: { uid: 7, gid: 8 },
  argv: ["/cupel/step", "x", "y"],
  shell: "/opt/new/sh",
  rootless: false,
};

function differs(golden: Json, executed: Json): readonly string[] {
  return unexplained(golden, executed, before, after).map(({ pointer }) => pointer);
}

test("numbers and strings that changed as the request did are explained", () => {
  assert.equal(differs({ a: 1000, b: ["/srv/old", 1001] }, { a: 7, b: ["/run/new", 8] }), []);
});

test("a number may not turn into what another fact became", () => {
  assert.equal(differs({ a: 1000, b: 1001 }, { a: 8, b: 8 }), ["/a"]);
});

test("changes inside a string are explained, several at once too", () => {
  assert.equal(differs("bind:/srv/old/x:/opt/old/sh:/srv/old", "bind:/run/new/x:/opt/new/sh:/run/new"), []);
  assert.equal(differs("uid=1000,gid=1001", "uid=7,gid=8"), []);
  assert.equal(differs("/srv/old/x", "/run/new/y"), [""]);
  assert.equal(differs("/srv/old/x", "/run/new/x "), [""]);
});

test("a change of a single character explains no part of a string", () => {
  const found = unexplained("a/b", "x/b", { s: "a" }, { s: "x" });
  assert.is(found.length, 1);
  assert.equal(unexplained("a", "x", { s: "a" }, { s: "x" }), []);
});

test("a list is explained by a changed list of the request as a whole", () => {
  assert.equal(differs({ args: ["a", "b"] }, { args: ["/cupel/step", "x", "y"] }), []);
  assert.equal(differs({ args: ["a", "b"] }, { args: ["/cupel/step", "x", "z"] }), ["/args"]);
  assert.equal(differs([["a", "b"], 1], [["/cupel/step", "x", "y"], 2]), ["/1"]);
});

test("a switch of the request explains no switch of the config", () => {
  assert.equal(differs({ noNewPrivileges: true }, { noNewPrivileges: false }), ["/noNewPrivileges"]);
});

test("keys that came or went, and other types, are told with both sides", () => {
  assert.equal(unexplained({ a: 1, b: 2 }, { b: "2", c: 3 }, before, after), [
    { pointer: "/a", golden: 1, executed: undefined },
    { pointer: "/b", golden: 2, executed: "2" },
    { pointer: "/c", golden: undefined, executed: 3 },
  ]);
});

test("equal configs need no explanation", () => {
  assert.equal(unexplained({ a: 1n, b: [] }, { b: [], a: 1 }, {}, {}), []);
});

test("a list stands for a whole text only", () => {
  const tokens = { groups: [4, 27], capabilities: ["CAP_CHOWN"] };
  assert.equal(fillTokens(["{{groups}}", "{{capabilities}}", "x{{groups}}"], tokens), [
    [4, 27],
    ["CAP_CHOWN"],
    "x{{groups}}",
  ]);
});
