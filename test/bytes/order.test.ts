import { compareUtf8 } from "../../src/bytes/order.ts";
import { assert, test } from "../suite.ts";

test("texts sort as their UTF-8 bytes do", () => {
  const texts = [
    "",
    "a",
    "ab",
    "b",
    "é",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "\u{10000}",
    "\u{10ffff}",
    "a\u{1f600}",
    "a\uff5e",
  ];
  const encoder = new TextEncoder();
  const key = (text: string): string =>
    [...encoder.encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  for (const a of texts) {
    for (const b of texts) {
      const [x, y] = [key(a), key(b)];
      assert.is(Math.sign(compareUtf8(a, b)), x < y ? -1 : x > y ? 1 : 0, `${a} ${b}`);
    }
  }
});
