import { parseIp, printIp } from "../../src/go/ip.ts";
import { assert, test } from "../suite.ts";

/** The address as Go prints it, or `none`. */
function printed(text: string): string {
  const ip = parseIp(text);
  return ip === undefined ? "none" : printIp(ip);
}

test("dotted quads have four numbers to 255 without leading zeros", () => {
  assert.is(printed("0.10.255.9"), "0.10.255.9");
  for (const text of [
    "",
    "1.2.3",
    "1.2.3.4.5",
    "01.2.3.4",
    "1.2.3.256",
    "1.2.3.-4",
    "1.2.3. 4",
    "1.2.3.4%x",
    "0x1.2.3.4",
  ]) {
    assert.is(printed(text), "none", text);
  }
});

test("groups may be of any length, and the value is what counts", () => {
  assert.is(printed("00001::"), "1::");
  assert.is(printed(`${"0".repeat(100_000)}ABCD::000`), "abcd::");
  assert.is(printed("10000::"), "none");
  assert.is(printed("1:2:3:4:5:6:7:8"), "1:2:3:4:5:6:7:8");
});

test("a gap stands for at least one group, and there is one at most", () => {
  assert.is(printed("::"), "::");
  assert.is(printed("1::2:3:4:5:6:7"), "1:0:2:3:4:5:6:7");
  for (const text of [
    "1:2:3:4:5:6:7:8::",
    "::1::",
    ":::",
    ":1",
    "1:",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "::1%eth0",
    "[::1]",
  ]) {
    assert.is(printed(text), "none", text);
  }
});

test("the last two groups may be a dotted quad", () => {
  assert.is(printed("::1.2.3.4"), "::102:304");
  assert.is(printed("1:2:3:4:5:6:1.2.3.4"), "1:2:3:4:5:6:102:304");
  assert.is(printed("::ffff:1.2.3.4"), "1.2.3.4");
  assert.is(printed("::FFFF:102:304"), "1.2.3.4");
  for (const text of ["1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6::1.2.3.4", "::01.2.3.4"]) {
    assert.is(printed(text), "none", text);
  }
});

test("the longest run of two or more zero groups is left out, the first of equals", () => {
  assert.is(printed("1:0:0:2:0:0:0:3"), "1:0:0:2::3");
  assert.is(printed("1:0:0:2:3:0:0:4"), "1::2:3:0:0:4");
  assert.is(printed("1:0:2:3:4:5:6:7"), "1:0:2:3:4:5:6:7");
  assert.is(printed("1:2:3:4:5:6:0:0"), "1:2:3:4:5:6::");
});

test("a long text takes no long time", () => {
  for (const piece of ["0", ":", "1:", "::", "1.", "f", "0:"]) assert.is(printed(piece.repeat(500_000)), "none");
});
