/**
 * Machine code for aarch64, as words with the instruction beside them (Arm Architecture Reference Manual, C6.2). Calling
 * convention: syscall(2), "Architecture calling conventions"; a system call changes x0 only.
 */
import { assemble, imm, type Jump, label, type Part } from "./assemble.ts";
import { type Layout, previousMark, recordSize } from "./layout.ts";

/** All calls in this process; ends early at a required call that fails. */
export function linearCode({ table, calls }: Layout): Uint8Array {
  return assemble([
    set(19, table),
    set(20, calls),
    label("next"),
    ...oneCall(),
    branch("tbz w10, #1", "go-on"), // not required
    branch("tbnz x0, #63", "out"),
    label("go-on"),
    word(0x71000694), // subs w20, w20, #1
    branch("b.ne", "next"),
    label("out"),
    set(1, table),
    ...writeRecords(calls),
  ]);
}

/**
 * Each group in a child; the parent waits and notes the end of a child that did not return. The records are first copied
 * to memory that is shared in any case: qemu's user mode makes a clone(CLONE_VFORK) a fork, and its memory two.
 */
export function separateCode({ table, calls, groups }: Layout): Uint8Array {
  return assemble([
    word(0xd10043ff), // sub sp, sp, #16
    // prctl(PR_SET_DUMPABLE, 0): a child that dumps core would take everybody with this memory along (older kernels).
    [...set(0, 4), ...set(1, 0), ...call(167)],
    set(19, table),
    // mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
    [...set(0, 0), ...set(1, calls * recordSize), ...set(2, 3), ...set(3, 0x21)],
    [...word(0x92800004), ...set(5, 0), ...call(222)], // mov x4, #-1
    branch("cbz x0", "ready"), // a filter said that it was done
    branch("tbnz x0, #63", "ready"),
    [...set(9, calls * recordSize), ...word(0x8b090269)], // add x9, x19, x9
    word(0xaa0003ea), // mov x10, x0
    label("copy"),
    word(0xf840866b), // ldr x11, [x19], #8
    word(0xf800854b), // str x11, [x10], #8
    word(0xeb09027f), // cmp x19, x9
    branch("b.ne", "copy"),
    word(0xaa0003f3), // mov x19, x0
    label("ready"),
    word(0xaa1303f7), // mov x23, x19
    set(20, groups),
    word(0xd2f00016), // mov x22, #-2^63
    label("group"),
    set(21, 0), // in a child
    // clone(CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0)
    [...set(0, 0x4111), ...set(1, 0), ...set(2, 0), ...set(3, 0), ...set(4, 0), ...call(220)],
    branch("cbz x0", "call"),
    branch("tbnz x0, #63", "in-place"),
    [...word(0x910003e1), ...set(2, 0), ...set(3, 0), ...call(260)], // mov x1, sp; wait4(child, x1, 0, 0)
    label("look"),
    word(0xf9401e60), // ldr x0, [x19, #56]
    word(0xeb16001f), // cmp x0, x22
    branch("b.ne", "returned"),
    word(0xb94003e0), // ldr w0, [sp]
    word(0xaa160000), // orr x0, x0, x22
    word(0xf9001e60), // str x0, [x19, #56]
    label("returned"),
    word(0xb940066a), // ldr w10, [x19, #4]
    word(0x91010273), // add x19, x19, #64
    branch("tbnz w10, #0", "look"), // followed
    branch("b", "done"),
    label("in-place"),
    set(21, 1),
    label("call"),
    ...oneCall(),
    branch("tbz w10, #0", "group-ends"),
    branch("tbz w10, #1", "call"),
    branch("tbz x0, #63", "call"),
    branch("cbz w21", "end-child"),
    label("pass-over"), // in place: the rest of the group is left out
    word(0xb940066a), // ldr w10, [x19, #4]
    word(0x91010273), // add x19, x19, #64
    branch("tbnz w10, #0", "pass-over"),
    branch("b", "done"),
    label("group-ends"),
    branch("cbnz w21", "done"),
    label("end-child"),
    [...set(0, 0), ...call(93)], // exit(0)
    label("done"),
    word(0x71000694), // subs w20, w20, #1
    branch("b.ne", "group"),
    word(0xaa1703e1), // mov x1, x23
    ...writeRecords(calls),
  ]);
}

/** The call of the record at x19: makes it, notes its result (also in x0), leaves its flags in w10, moves x19 on. */
const oneCall = (): readonly Part[] => [
  word(0x29402a68), // ldp w8, w10, [x19]
  word(0xa9408660), // ldp x0, x1, [x19, #8]
  word(0xa9418e62), // ldp x2, x3, [x19, #24]
  word(0xa9429664), // ldp x4, x5, [x19, #40]
  set(9, previousMark),
  word(0xeb09001f), // cmp x0, x9
  branch("b.ne", "ready-to-call"),
  word(0xf85f8260), // ldur x0, [x19, #-8]
  label("ready-to-call"),
  word(0xd4000001), // svc #0
  word(0xf9001e60), // str x0, [x19, #56]
  word(0x91010273), // add x19, x19, #64
];

/** They lie at x1. */
function writeRecords(calls: number): readonly Part[] {
  return [
    [...set(0, 1), ...set(2, calls * recordSize), ...call(64)], // write(1, x1, size)
    [...set(0, 0), ...call(94)], // exit_group(0)
  ];
}

/** The instruction with its distance left out, the bits that the distance (in words) has, and where they begin. */
const branches = {
  b: [0x14000000, 26, 0],
  "b.ne": [0x54000001, 19, 5],
  "b.ge": [0x5400000a, 19, 5],
  "cbz x0": [0xb4000000, 19, 5],
  "cbz w21": [0x34000015, 19, 5],
  "cbnz w21": [0x35000015, 19, 5],
  "tbz w10, #0": [0x3600000a, 14, 5],
  "tbz w10, #1": [0x3608000a, 14, 5],
  "tbnz w10, #0": [0x3700000a, 14, 5],
  "tbz x0, #63": [0xb6f80000, 14, 5],
  "tbnz x0, #63": [0xb7f80000, 14, 5],
} as const;

/** A branch to the place of that name. */
export function branch(instruction: keyof typeof branches, to: string): Jump {
  const [opcode, bits, shift] = branches[instruction];
  return { to, size: 4, encode: (distance) => word(opcode | (((distance / 4) & (2 ** bits - 1)) << shift)) };
}

/** Puts a value below 2^32 into a register: mov (movz), and movk where it takes more than 16 bits. */
export function set(register: number, value: number): readonly number[] {
  const high = value >>> 16;
  const low = word(0x52800000 | ((value & 0xffff) << 5) | register);
  return high === 0 ? low : [...low, ...word(0x72a00000 | (high << 5) | register)];
}

/** The system call of that number: mov w8, number; svc #0. */
export function call(number: number): readonly number[] {
  return [...set(8, number), ...word(0xd4000001)];
}

/** An instruction. */
export const word: (instruction: number) => readonly number[] = imm;
