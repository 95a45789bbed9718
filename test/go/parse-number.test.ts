import { atoi, parseUint32 } from "../../src/go/parse-number.ts";
import { assert, test } from "../suite.ts";

test("a number may have a sign and zeros; anything else than digits is 0 with a problem", () => {
  assert.equal(atoi("+007"), { value: 7n });
  assert.equal(atoi("-0"), { value: 0n });
  for (const text of ["", "+", "1_000", " 1", "1 ", "0x1", "１", "--1"]) {
    assert.equal(atoi(text), { value: 0n, problem: "syntax" }, text);
  }
});

test("beyond 64 bits the nearest number stands, and there is a problem", () => {
  assert.equal(atoi("9223372036854775807"), { value: 2n ** 63n - 1n });
  assert.equal(atoi("9223372036854775808"), { value: 2n ** 63n - 1n, problem: "range" });
  assert.equal(atoi("-9223372036854775808"), { value: -(2n ** 63n) });
  assert.equal(atoi(`-${"9".repeat(1_000_000)}`), { value: -(2n ** 63n), problem: "range" });
  assert.equal(atoi(`${"0".repeat(1_000_000)}5`), { value: 5n });
  assert.equal(atoi(`${"0".repeat(1_000_000)}x`), { value: 0n, problem: "syntax" });
});

test("of a number without sign the first problem from the left is named", () => {
  assert.equal(parseUint32("4294967295"), { value: 4294967295 });
  assert.equal(parseUint32("42949672960x"), {
    error: 'strconv.ParseUint: parsing "42949672960x": value out of range',
  });
  assert.equal(parseUint32("4294967x"), { error: 'strconv.ParseUint: parsing "4294967x": invalid syntax' });
});
