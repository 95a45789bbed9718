import { isArray } from "../../src/json/value.ts";
import { joinPath, pathComponents, stripPrefix } from "../../src/rust/path.ts";
import { scratchName } from "../../src/systems/snix/scratch-name.ts";
import { assert, test } from "../suite.ts";
import { refusal, run } from "./snix-run.ts";

/** What stands behind the scratch directory's name. */
function rest(output: string, scratchPath: string): string | undefined {
  const paths = run("hostOutputPaths", { outputs: [output], scratchPaths: [scratchPath], bundlePath: "/b" });
  const path = isArray(paths) ? paths[0] : undefined;
  return String(path).split(`/b/scratch/${scratchName(scratchPath)}/`)[1];
}

test("the rest of an output is text: trimmed at its ends, untouched within", () => {
  assert.is(rest("build/a/./b", "build"), "a/./b");
  assert.is(rest("build/.//a//b/../c/./", "build/"), "a//b/../c");
  assert.is(rest("build/./.", "build"), "");
  assert.is(rest("./build/x", "./build"), "x");
});

test("the empty scratch path leads to every relative output", () => {
  assert.is(rest("a/b/", ""), "a/b");
  assert.is(rest("./a/.", ""), "./a");
});

test("relative, absolute and dotted paths do not lead to one another", () => {
  for (const [output, scratchPath] of [
    ["/build/x", "build"],
    ["build/x", "/build"],
    ["./build/x", "build"],
  ]) {
    assert.throws(() => rest(String(output), String(scratchPath)), /^unable to find path/);
  }
});

test("the error quotes as Rust does: single quotes bare, controls and what does not print as code points", () => {
  const outputs = ["a'\"\\\0\t\r\n\x07\x1b\x7f\u00a0\u00ad\u0301\u2028\u{e000}é😀"];
  assert.is(
    refusal("hostOutputPaths", { outputs, bundlePath: "" }),
    String.raw`unable to find path "a'\"\\\0\t\r\n\u{7}\u{1b}\u{7f}\u{a0}\u{ad}\u{301}\u{2028}\u{e000}é😀"`,
  );
});

test("paths are joined without tidying", () => {
  assert.is(joinPath("/", "../../etc"), "/../../etc");
  assert.is(joinPath("a", ""), "a/");
  assert.is(joinPath("", "a"), "a");
  assert.is(joinPath("a//", "b/"), "a//b/");
  assert.is(joinPath("a", "//b"), "//b");
});

test("components are what Rust makes of a path", () => {
  assert.equal(pathComponents("/./a//b/./../"), ["/", "a", "b", ".."]);
  assert.equal(pathComponents("./a/."), [".", "a"]);
  assert.is(stripPrefix("/", "/"), "");
  assert.is(stripPrefix("a..b/..", "a..b"), "..");
});
