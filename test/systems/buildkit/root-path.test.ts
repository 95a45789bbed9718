import type { Json, JsonObject } from "../../../src/json/value.ts";
import { assert, test } from "../../suite.ts";
import { misfit, refusal, run } from "./run.ts";

const link = (path: string, target: string): JsonObject => ({ path, type: "symlink", target });
const file = (path: string): JsonObject => ({ path, type: "file", content: "" });

function resolved(path: string, tree: readonly Json[], root = "/r"): Json {
  return run("rootPath", { root, path, tree });
}

function refused(path: string, tree: readonly Json[]): string {
  return refusal("rootPath", { root: "/r", path, tree });
}

/** Links /r/0 -> 1 -> ... -> `count`, which is a directory. */
function chain(count: number): readonly Json[] {
  const links = Array.from({ length: count }, (_, index) => link(`/r/${index}`, String(index + 1)));
  return [...links, { path: `/r/${count}`, type: "dir" }];
}

test("a chain of 255 links resolves, one of 256 does not", () => {
  assert.is(resolved("0", chain(255)), "/r/255");
  assert.is(refused("0", chain(256)), "too many links");
});

test("in the middle of a path the kernel follows, and no further than 40 links", () => {
  assert.is(resolved("0/x", chain(41)), "/r/41/x");
  assert.is(refused("0/x", chain(42)), "lstat /r/1/x: too many levels of symbolic links");
});

test("a cycle at the end is too many links, also with a slash behind it", () => {
  const tree = [link("/r/a", "b"), link("/r/b", "/a")];
  assert.is(refused("a", tree), "too many links");
  assert.is(refused("a///", tree), "too many links");
  assert.is(refused("/a/.", tree), "too many links");
});

test("dots behind a link start where it leads, in the end of a chain too", () => {
  const tree = [link("/r/deep", "a/b/c"), { path: "/r/a/b/c", type: "dir" }, link("/r/a/b/up", "../../other")];
  assert.is(resolved("deep/../x", tree), "/r/a/b/x");
  assert.is(resolved("a/b/up", tree), "/r/other");
  assert.is(resolved("../../etc", tree), "/r/etc");
});

test("what a link on the way says is cleaned, what a lone relative one says is walked", () => {
  const tree = [
    link("/r/far", "/q/z"),
    link("/r/lone", "far/../y"),
    { path: "/r/d", type: "dir" },
    link("/r/d/in", "../far/../y"),
  ];
  assert.is(resolved("lone", tree), "/r/q/y");
  assert.is(resolved("/lone", tree), "/r/y");
  assert.is(resolved("d/in", tree), "/r/y");
});

test("what is missing is taken as it stands, what is in the way is refused with its path", () => {
  assert.is(resolved("no/../such//thing/", []), "/r/such/thing");
  assert.is(refused("f/x/../y", [file("/r/f")]), "lstat /r/f/x: not a directory");
  assert.is(
    refused(`d/${"n".repeat(256)}`, [{ path: "/r/d", type: "dir" }]),
    `lstat /r/d/${"n".repeat(256)}: file name too long`,
  );
  assert.match(refused("a/".repeat(2100), []), /^lstat \/r\/a\/a.*: file name too long$/);
  assert.is(refused("a\0b", []), "lstat /r/a\0b: invalid argument");
});

test("the root is not resolved, and a link out of it is followed by the kernel alone", () => {
  assert.is(resolved("x", [link("/root", "/r"), link("/r/x", "y")], "/root"), "/root/y");
  assert.is(resolved("x/y", [], "relative/./root/"), "relative/root/x/y");
  assert.is(resolved("x", [], ""), "/x");
  assert.is(resolved("..", [], "/"), "/");
});

test("a tree that cannot be is refused by its entry", () => {
  const at = (...tree: readonly Json[]): string => misfit("rootPath", { root: "/", path: "x", tree });
  assert.is(at(file("/a"), file("/a/b")), "/request/tree/1/path");
  assert.is(at({ path: "/a", type: "dir" }, file("/a")), "/request/tree/1/path");
  assert.is(at(link("/a", "")), "/request/tree/0/path");
  assert.is(at(link("/a", "nowhere"), { path: "/a/b", type: "dir" }), "/request/tree/1/path");
  assert.is(at({ path: "/a", type: "socket" }), "/request/tree/0/type");
  assert.is(at({ path: "/a", type: "dir", mode: "rwx" }), "/request/tree/0/mode");
});

test("long paths take no long time", () => {
  const tree = [{ path: "/r/a/b", type: "dir" }, link("/r/a/l", "b")];
  assert.is(resolved("./".repeat(100_000), tree), "/r");
  assert.match(String(resolved("a/l/../".repeat(80), tree)), /^\/r/);
  assert.is(resolved("a/../".repeat(50_000), tree), "/r");
  assert.is(
    resolved(`${"d/".repeat(1500)}${"./".repeat(50_000)}${"x/../".repeat(10_000)}`, tree),
    `/r/${"d/".repeat(1499)}d`,
  );
});

test("one path is below another when its components say so", () => {
  const below = (path: string, prefix: string): Json => run("hasPrefix", { path, prefix });
  assert.is(below("/a/../b/c", "/b/"), true);
  assert.is(below("a", ""), false);
  assert.is(below("", ""), true);
  assert.is(below("./a", "."), false);
  assert.is(below("a/b", "./a"), true);
  assert.is(below("/a", "a"), false);
  assert.is(below("a", "/.."), true);
});
