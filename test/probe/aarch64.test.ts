import { branch, call, linearCode, set, word } from "../../runner/execute/probe/aarch64.ts";
import { assemble, label, type Part } from "../../runner/execute/probe/assemble.ts";
import { rawCalls } from "../../runner/execute/probe/calls.ts";
import { emitProgram } from "../../runner/execute/probe/elf.ts";
import { machines } from "../../runner/execute/probe/machine.ts";
import { assert, test } from "../suite.ts";

/** The words of code, in hexadecimal. */
function words(code: Uint8Array): readonly string[] {
  const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
  return Array.from({ length: code.length / 4 }, (_, at) =>
    view
      .getUint32(at * 4, true)
      .toString(16)
      .padStart(8, "0"),
  );
}

const nothing = word(0xd503201f); // nop

/** What GNU objdump reads in the words on the right, at address 0. */
const instructions: readonly (readonly [meaning: string, parts: readonly Part[], words: readonly string[]])[] = [
  ["mov w0, #0x0", [set(0, 0)], ["52800000"]],
  ["mov w1, #0x1", [set(1, 1)], ["52800021"]],
  ["mov w8, #0x104; svc #0x0", [call(260)], ["52802088", "d4000001"]],
  ["mov w9, #0xab1e; movk w9, #0x7e57, lsl #16", [set(9, 0x7e57ab1e)], ["529563c9", "72afcae9"]],
  ["mov w19, #0x0; movk w19, #0x8000, lsl #16", [set(19, 0x8000_0000)], ["52800013", "72b00013"]],
  ["b 0x0", [label("here"), branch("b", "here")], ["14000000"]],
  ["b 0x8", [branch("b", "there"), nothing, label("there")], ["14000002", "d503201f"]],
  ["nop; b 0x0", [label("here"), nothing, branch("b", "here")], ["d503201f", "17ffffff"]],
  ["b.ne 0x8", [branch("b.ne", "there"), nothing, label("there")], ["54000041", "d503201f"]],
  ["nop; b.ne 0x0", [label("here"), nothing, branch("b.ne", "here")], ["d503201f", "54ffffe1"]],
  ["b.ge 0x8", [branch("b.ge", "there"), nothing, label("there")], ["5400004a", "d503201f"]],
  ["cbz x0, 0x8", [branch("cbz x0", "there"), nothing, label("there")], ["b4000040", "d503201f"]],
  ["cbz w21, 0x8", [branch("cbz w21", "there"), nothing, label("there")], ["34000055", "d503201f"]],
  ["nop; cbnz w21, 0x0", [label("here"), nothing, branch("cbnz w21", "here")], ["d503201f", "35fffff5"]],
  ["tbz w10, #0, 0x8", [branch("tbz w10, #0", "there"), nothing, label("there")], ["3600004a", "d503201f"]],
  ["tbz w10, #1, 0x8", [branch("tbz w10, #1", "there"), nothing, label("there")], ["3608004a", "d503201f"]],
  ["nop; tbnz w10, #0, 0x0", [label("here"), nothing, branch("tbnz w10, #0", "here")], ["d503201f", "3707ffea"]],
  ["nop; tbz x0, #63, 0x0", [label("here"), nothing, branch("tbz x0, #63", "here")], ["d503201f", "b6ffffe0"]],
  ["tbnz x0, #63, 0x8", [branch("tbnz x0, #63", "there"), nothing, label("there")], ["b7f80040", "d503201f"]],
];

for (const [meaning, parts, expected] of instructions) {
  test(`aarch64: ${meaning}`, () => assert.equal(words(assemble(parts)), expected));
}

test("aarch64: the whole code for one call, as GNU objdump reads it", () => {
  const expected = `
    52802013 mov w19, #0x100
    72a00813 movk w19, #0x40, lsl #16
    52800034 mov w20, #0x1
    29402a68 ldp w8, w10, [x19]
    a9408660 ldp x0, x1, [x19, #8]
    a9418e62 ldp x2, x3, [x19, #24]
    a9429664 ldp x4, x5, [x19, #40]
    529563c9 mov w9, #0xab1e
    72afcae9 movk w9, #0x7e57, lsl #16
    eb09001f cmp x0, x9
    54000041 b.ne 0x30
    f85f8260 ldur x0, [x19, #-8]
    d4000001 svc #0x0
    f9001e60 str x0, [x19, #56]
    91010273 add x19, x19, #0x40
    3608004a tbz w10, #1, 0x44
    b7f80060 tbnz x0, #63, 0x4c
    71000694 subs w20, w20, #0x1
    54fffe21 b.ne 0xc
    52802001 mov w1, #0x100
    72a00801 movk w1, #0x40, lsl #16
    52800020 mov w0, #0x1
    52800802 mov w2, #0x40
    52800808 mov w8, #0x40
    d4000001 svc #0x0
    52800000 mov w0, #0x0
    52800bc8 mov w8, #0x5e
    d4000001 svc #0x0`;
  assert.equal(
    words(linearCode({ table: 0x400100, calls: 1, groups: 1 })),
    expected
      .trim()
      .split("\n")
      .map((line) => line.trim().slice(0, 8)),
  );
});

for (const [machine, number, page] of [
  [machines.x64, 62, 0x1000],
  [machines.arm64, 183, 0x10000],
] as const) {
  test(`the header of a program for ${machine.name} is what elf(5) says`, () => {
    const program = emitProgram(rawCalls("fsync", "", machine), machine);
    const view = new DataView(program.buffer, program.byteOffset);
    assert.equal([...program.slice(0, 7)], [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    assert.equal([view.getUint16(16, true), view.getUint16(18, true)], [2, number]);
    assert.equal([view.getBigUint64(24, true), view.getBigUint64(32, true)], [0x400078n, 64n]);
    // One segment of the whole file, and address and offset agree for every size of page.
    assert.equal([view.getUint16(56, true), view.getUint32(64, true)], [1, 1]);
    assert.equal([view.getBigUint64(96, true), view.getBigUint64(104, true)], Array(2).fill(BigInt(program.length)));
    assert.is(view.getBigUint64(112, true), BigInt(page));
    assert.is((view.getBigUint64(80, true) - view.getBigUint64(72, true)) % BigInt(page), 0n);
  });
}
