import { matchesGlob, selectIds } from "../../src/glob.ts";
import { assert, test } from "../suite.ts";
import { refused } from "./refused.ts";

const ids = ["snix/mounts/one", "snix/mounts/two", "snix/shell/one", "obuilder/mounts/one"];

test("* stays between two slashes, ** does not, ? is one character", () => {
  assert.equal(selectIds(["snix/*/one"], ids), ["snix/mounts/one", "snix/shell/one"]);
  assert.equal(selectIds(["**/one"], ids), ["snix/mounts/one", "snix/shell/one", "obuilder/mounts/one"]);
  assert.equal(selectIds(["snix/mounts/t?o"], ids), ["snix/mounts/two"]);
  assert.not(matchesGlob("snix/*", "snix/mounts/one"));
  assert.not(matchesGlob("a?b", "a/b"));
  assert.ok(matchesGlob("***", "a/b\nc"));
});

test("a name without wildcards means what is below it, up to a whole part", () => {
  assert.equal(selectIds(["snix"], ids), ids.slice(0, 3));
  assert.equal(selectIds(["snix/mounts/"], ids), ids.slice(0, 2));
  assert.not(matchesGlob("snix/mount", "snix/mounts/one"));
  assert.ok(matchesGlob("snix/mounts/one", "snix/mounts/one"));
});

test("everything else stands for itself, brackets too", () => {
  const id = "snix/a/b#run/mounts[mount:/nix/store]@runc+privileged";
  assert.ok(matchesGlob("**#run/mounts[mount:/nix/store]@*+privileged", id));
  assert.not(matchesGlob("**#run/mount[s]**", id));
  assert.not(matchesGlob("snix.a*", "snix/a"));
  assert.ok(matchesGlob("a{b,c}$^|*", "a{b,c}$^|d"));
});

test("no pattern selects all, and several select in the table's order without repeating", () => {
  assert.equal(selectIds([], ids), ids);
  assert.equal(selectIds(["obuilder", "snix/mounts", "snix/mounts/one"], ids), [ids[0], ids[1], ids[3]]);
});

test("a pattern that means nothing is refused with exit 4 and the nearest name", () => {
  const error = refused(() => selectIds(["snix", "snix/mount"], ids));
  assert.equal([error.code, error.exit], ["no-match", 4]);
  assert.match(String(error.hint), /the nearest is snix\/mounts;/);
  assert.is(refused(() => selectIds(["x"], [])).exit, 4);
});
