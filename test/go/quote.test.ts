import { quote } from "../../src/go/quote.ts";
import { assert, test } from "../suite.ts";

test("what prints is quoted as it is, what does not is escaped", () => {
  assert.is(quote(""), '""');
  assert.is(quote("a 'b' żółw 😀 \u0301"), "\"a 'b' żółw 😀 \u0301\"");
  assert.is(quote('"\\'), '"\\"\\\\"');
  assert.is(quote("\x00\x07\b\t\n\v\f\r\x1b\x7f"), '"\\x00\\a\\b\\t\\n\\v\\f\\r\\x1b\\x7f"');
  assert.is(quote("\u0080\u00a0\u00ad\u200b\u2028\ufeff\ue000"), '"\\u0080\\u00a0\\u00ad\\u200b\\u2028\\ufeff\\ue000"');
  assert.is(quote("\u{e0001}\u{10ffff}"), '"\\U000e0001\\U0010ffff"');
});

test("characters that are younger than Unicode 15.0 do not print, whatever the engine knows", () => {
  assert.is(quote("\u{1c89}\u{2ffc}\u{1fae9}\u{2ebf0}"), '"\\u1c89\\u2ffc\\U0001fae9\\U0002ebf0"');
  assert.is(quote("\u{1c88}\u{2ffb}\u{1fae8}\u{31350}"), '"\u{1c88}\u{2ffb}\u{1fae8}\u{31350}"');
});
