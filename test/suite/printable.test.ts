import { printable } from "../../src/suite/printable.ts";
import { assert, test } from "../suite.ts";

test("plain text stays, whatever script it is in", () => {
  for (const text of ["a b-c_d", "std::io::Error", "naïve 日本語 😀", "C:\\x", "# 1 ## 2"])
    assert.is(printable(text), text);
});

test("line breaks and control characters are spelled out", () => {
  assert.is(printable("a\nb\r\tc"), "a\\nb\\r\\tc");
  assert.is(printable("\u001b[31mred\u0007\u009b\u007f\0"), "\\u001b[31mred\\u0007\\u009b\\u007f\\u0000");
  assert.is(printable("a\u2028b\u2029"), "a\\u2028b\\u2029");
});

test("what turns or hides text is spelled out", () => {
  assert.is(printable("\u202eabc\u2066\u200f\u061c"), "\\u202eabc\\u2066\\u200f\\u061c");
  assert.is(printable("a\u200bb\ufeff\u{e0041}"), "a\\u200bb\\ufeff\\u{e0041}");
});

test("half a surrogate pair is spelled out", () => {
  assert.is(printable("\ud83d x \ude00"), "\\ud83d x \\ude00");
});

test("commands to a CI system are broken", () => {
  assert.is(printable("::error file=a::x"), "\\u003a:error file=a::x");
  assert.is(printable("  ::stop-commands::x"), "  \\u003a:stop-commands::x");
  assert.not(/(^|\n)\s*::/.test(printable("a\n::error::x")));
  assert.not(printable("x ##[error]y").includes("##["));
  assert.not(printable("##vso[task.x]y").includes("##vso["));
  assert.not(printable("##TeamCity[x]").includes("##TeamCity["));
});
