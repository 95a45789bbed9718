import { assert, test } from "../suite.ts";
import { misfit, refusal, run } from "./snix-run.ts";

const query = { file: "/etc/subuid", id: 7, user: "ci" };

test("the white space around a line is Unicode's, not JavaScript's", () => {
  assert.is(run("subordinateId", { ...query, contents: "\u0085\u3000\x0b ci:5:1\u2028\u00a0\x0c\n" }), 5);
  assert.is(
    refusal("subordinateId", { ...query, contents: "\ufeffci:5:1\n" }),
    "Missing entry in /etc/subuid, for ci(7)",
  );
});

test("lines end at line feeds only", () => {
  assert.is(run("subordinateId", { ...query, contents: "root:1:1\u2028ci:2:1\nci:3:1\rci:4:1\nci:5:1\n" }), 5);
});

test("numbers fail at their first fault from the left", () => {
  const why = (start: string) => refusal("subordinateId", { ...query, contents: `ci:${start}:1` }).split("error ")[1];
  assert.is(why("4294967295x"), "invalid digit found in string");
  assert.is(why("42949672950x"), "number too large to fit in target type");
  assert.is(why("+"), "invalid digit found in string");
  assert.is(why("++1"), "invalid digit found in string");
  assert.is(why("1_0"), "invalid digit found in string");
  assert.is(why("٣"), "invalid digit found in string");
});

test("a line behind the match is not read, nor are its bytes", () => {
  assert.is(run("subordinateId", { ...query, contentsBase64: "Y2k6MDoxCv8=" }), 0);
});

test("an empty name matches an empty field", () => {
  assert.is(run("subordinateId", { ...query, user: "", contents: ":9:1" }), 9);
});

test("contents are given once", () => {
  assert.is(misfit("subordinateId", { ...query, contents: "", contentsBase64: "" }), "/request");
  assert.match(refusal("subordinateId", query), /^io error Os \{ code: 2/);
});
