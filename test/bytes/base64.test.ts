import { decodeBase64, encodeBase64, isBase64 } from "../../src/bytes/base64.ts";
import { assert, test } from "../suite.ts";

test("base64 stands for any bytes", () => {
  for (const length of [0, 1, 2, 3, 256]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index);
    const text = encodeBase64(bytes);
    assert.is(isBase64(text), true, text);
    assert.equal(decodeBase64(text), bytes);
  }
});

test("what is not padded, or holds anything else, is no base64", () => {
  for (const text of ["YQ", "YQ=", "YQ==YQ==", "Y Q==", "YQ==\n", "Y-_=", "=", "a"])
    assert.is(isBase64(text), false, text);
});
