/**
 * Machine code for x86-64, as bytes with the instruction beside them. Calling convention: syscall(2), "Architecture calling
 * conventions"; a system call changes rax, rcx and r11 only.
 */
import { assemble, imm, type Jump, label, type Part } from "./assemble.ts";
import { type Layout, previousMark, recordSize } from "./layout.ts";

/** All calls in this process; ends early at a required call that fails. */
export function linearCode({ table, calls }: Layout): Uint8Array {
  return assemble([
    [0xbb, ...imm(table)], // mov ebx, table
    [0x41, 0xbf, ...imm(calls)], // mov r15d, calls
    label("next"),
    ...oneCall(),
    [0xf6, 0xc1, 0x02], // test cl, required
    jump("jz", "go-on"),
    [0x48, 0x85, 0xc0], // test rax, rax
    jump("js", "out"),
    label("go-on"),
    [0x41, 0xff, 0xcf], // dec r15d
    jump("jnz", "next"),
    label("out"),
    ...writeRecords(table, calls),
  ]);
}

/** Each group in a child that shares the memory; the parent waits and notes the end of a child that did not return. */
export function separateCode({ table, calls, groups }: Layout): Uint8Array {
  return assemble([
    // prctl(PR_SET_DUMPABLE, 0): a child that dumps core would take everybody with this memory along (older kernels).
    [0xb8, ...imm(157), 0xbf, ...imm(4), 0x31, 0xf6, 0x0f, 0x05],
    [0xbb, ...imm(table)], // mov ebx, table
    [0x41, 0xbf, ...imm(groups)], // mov r15d, groups
    [0x49, 0xbd, 0, 0, 0, 0, 0, 0, 0, 0x80], // mov r13, -2^63
    label("group"),
    [0x45, 0x31, 0xf6], // xor r14d, r14d: in a child
    [0xb8, ...imm(56), 0xbf, ...imm(0x4111)], // clone(CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0)
    [0x31, 0xf6, 0x31, 0xd2, 0x45, 0x31, 0xd2, 0x45, 0x31, 0xc0, 0x0f, 0x05],
    [0x48, 0x85, 0xc0], // test rax, rax
    jump("jz", "call"),
    jump("js", "in-place"),
    [0x48, 0x89, 0xc7, 0x48, 0x8d, 0x74, 0x24, 0xf0], // mov rdi, rax; lea rsi, [rsp-16]
    [0x31, 0xd2, 0x45, 0x31, 0xd2, 0xb8, ...imm(61), 0x0f, 0x05], // wait4(child, status, 0, 0)
    label("look"),
    [0x48, 0x8b, 0x43, 0x38, 0x4c, 0x39, 0xe8], // mov rax, [rbx+56]; cmp rax, r13
    jump("jne", "returned"),
    [0x8b, 0x44, 0x24, 0xf0, 0x4c, 0x09, 0xe8, 0x48, 0x89, 0x43, 0x38], // mov eax, [rsp-16]; or rax, r13; mov [rbx+56], rax
    label("returned"),
    [0x8b, 0x4b, 0x04, 0x48, 0x83, 0xc3, 0x40, 0xf6, 0xc1, 0x01], // mov ecx, [rbx+4]; add rbx, 64; test cl, followed
    jump("jnz", "look"),
    jump("jmp", "done"),
    label("in-place"),
    [0x41, 0xbe, ...imm(1)], // mov r14d, 1
    label("call"),
    ...oneCall(),
    [0xf6, 0xc1, 0x01], // test cl, followed
    jump("jz", "group-ends"),
    [0xf6, 0xc1, 0x02], // test cl, required
    jump("jz", "call"),
    [0x48, 0x85, 0xc0], // test rax, rax
    jump("jns", "call"),
    [0x45, 0x85, 0xf6], // test r14d, r14d
    jump("jz", "end-child"),
    label("pass-over"), // in place: the rest of the group is left out
    [0x8b, 0x4b, 0x04, 0x48, 0x83, 0xc3, 0x40, 0xf6, 0xc1, 0x01],
    jump("jnz", "pass-over"),
    jump("jmp", "done"),
    label("group-ends"),
    [0x45, 0x85, 0xf6], // test r14d, r14d
    jump("jnz", "done"),
    label("end-child"),
    [0x31, 0xff, 0xb8, ...imm(60), 0x0f, 0x05], // exit(0)
    label("done"),
    [0x41, 0xff, 0xcf], // dec r15d
    jump("jnz", "group"),
    ...writeRecords(table, calls),
  ]);
}

/** The call of the record at rbx: makes it, notes its result (also in rax), leaves its flags in cl, moves rbx on. */
const oneCall = (): readonly Part[] => [
  [0x8b, 0x03], // mov eax, [rbx]
  [0x48, 0x8b, 0x7b, 0x08], // mov rdi, [rbx+8]
  [0x48, 0x81, 0xff, ...imm(previousMark)], // cmp rdi, mark
  [0x48, 0x0f, 0x44, 0x7b, 0xf8], // cmove rdi, [rbx-8]
  [0x48, 0x8b, 0x73, 0x10], // mov rsi, [rbx+16]
  [0x48, 0x8b, 0x53, 0x18], // mov rdx, [rbx+24]
  [0x4c, 0x8b, 0x53, 0x20], // mov r10, [rbx+32]
  [0x4c, 0x8b, 0x43, 0x28], // mov r8, [rbx+40]
  [0x4c, 0x8b, 0x4b, 0x30], // mov r9, [rbx+48]
  [0xf6, 0x43, 0x04, 0x04], // test byte [rbx+4], by the 32-bit entry
  jump("jz", "native"),
  [0xcd, 0x80, 0x48, 0x98], // int 0x80; cdqe
  jump("jmp", "made"),
  label("native"),
  [0x0f, 0x05], // syscall
  label("made"),
  [0x48, 0x89, 0x43, 0x38], // mov [rbx+56], rax
  [0x8b, 0x4b, 0x04], // mov ecx, [rbx+4]
  [0x48, 0x83, 0xc3, 0x40], // add rbx, 64
];

function writeRecords(table: number, calls: number): readonly Part[] {
  return [
    [0xb8, ...imm(1), 0xbf, ...imm(1)], // write(1,
    [0xbe, ...imm(table), 0xba, ...imm(calls * recordSize), 0x0f, 0x05], // table, size)
    [0x31, 0xff, 0xb8, ...imm(231), 0x0f, 0x05], // exit_group(0)
  ];
}

/** With a 32-bit distance behind each. */
const opcodes = {
  jmp: [0xe9],
  jz: [0x0f, 0x84],
  jne: [0x0f, 0x85],
  jnz: [0x0f, 0x85],
  js: [0x0f, 0x88],
  jns: [0x0f, 0x89],
  jl: [0x0f, 0x8c],
} as const;

/** A jump to the place of that name. */
export function jump(how: keyof typeof opcodes, to: string): Jump {
  const opcode = opcodes[how];
  const size = opcode.length + 4;
  return { to, size, encode: (distance) => [...opcode, ...imm(distance - size)] };
}
