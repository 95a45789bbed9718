import { decodeUtf8, encodeUtf8, textOfUtf8 } from "../../src/bytes/utf8.ts";
import { assert, test } from "../suite.ts";

test("text comes back from its bytes, a byte order mark included", () => {
  for (const text of ["", "a\0b", "é\u{1f600}", "\ufeffa"]) {
    assert.is(decodeUtf8(encodeUtf8(text)), text);
    assert.is(textOfUtf8(encodeUtf8(text)), text);
  }
});

test("bytes that are not UTF-8 have no text, or one with a replacement for each run", () => {
  const bytes = Uint8Array.from([0x61, 0xff, 0xe2, 0x82, 0x62]);
  assert.is(textOfUtf8(bytes), undefined);
  assert.is(decodeUtf8(bytes), "a\ufffd\ufffdb");
});
