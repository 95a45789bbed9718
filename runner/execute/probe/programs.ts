/** The programs of the probe that do more than make a list of calls: they use up processes, memory or processor time, within bounds. */
import type { ProgramName } from "../../../src/policy/question.ts";
import { emitCode, emitProgram, previousResult } from "./elf.ts";
import { assemble, imm, jump, label } from "./x86-64.ts";

/** Nothing asks for more than this; a program that would is not made. */
const most: { readonly [program in ProgramName]: number } = {
  "effective-user": 0,
  processes: 1024,
  memory: 256 * 1024 * 1024,
  "processor-time": 500,
};

/** The program `name`; `amount` as its question says. Throws for an amount that would harm a machine without limits. */
export function emitNamed(name: ProgramName, amount = 0): Uint8Array {
  if (!(Number.isInteger(amount) && amount >= 0 && amount <= most[name])) {
    throw new RangeError(`the program ${name} is not made for ${amount}`);
  }
  switch (name) {
    case "effective-user": // geteuid(2), then its low byte as the status
      return emitProgram([
        { number: 107, arguments: [] },
        { number: 231, arguments: [previousResult] },
      ]);
    case "memory": // mmap(2), anonymous, private and populated: its address ends in zeros, a failure does not
      return emitProgram([
        { number: 9, arguments: [0n, BigInt(amount), 3n, 0x8022n, -1n, 0n] },
        { number: 231, arguments: [previousResult] },
      ]);
    case "processes":
      return emitCode(processes(amount));
    case "processor-time":
      return emitCode(processorTime(amount));
  }
}

const syscall = [0x0f, 0x05];

/** Children wait for the end of a pipe that the parent alone holds open; the parent closes it and waits for all of them. */
function processes(amount: number): Uint8Array {
  return assemble([
    [0x48, 0x83, 0xec, 0x20], // sub rsp, 32
    [0x45, 0x31, 0xed], // xor r13d, r13d: no errno yet
    [0x48, 0x89, 0xe7, 0x31, 0xf6, 0xb8, ...imm(293), ...syscall], // pipe2(rsp, 0)
    [0x48, 0x85, 0xc0], // test rax, rax
    jump("js", "refused"),
    [0x41, 0xbc, ...imm(amount)], // mov r12d, amount
    label("fork"),
    [0xb8, ...imm(57), ...syscall], // fork()
    [0x48, 0x85, 0xc0],
    jump("jz", "child"),
    jump("js", "refused"),
    [0x41, 0xff, 0xcc], // dec r12d
    jump("jnz", "fork"),
    jump("jmp", "end"),
    label("refused"),
    [0x48, 0xf7, 0xd8, 0x49, 0x89, 0xc5], // neg rax; mov r13, rax
    label("end"),
    [0x8b, 0x7c, 0x24, 0x04, 0xb8, ...imm(3), ...syscall], // close(the writing end)
    label("reap"),
    [0xbf, ...imm(-1), 0x48, 0x63, 0xff], // mov edi, -1; movsxd rdi, edi
    [0x31, 0xf6, 0x31, 0xd2, 0x45, 0x31, 0xd2, 0xb8, ...imm(61), ...syscall], // wait4(-1, 0, 0, 0)
    [0x48, 0x85, 0xc0],
    jump("jns", "reap"),
    [0x44, 0x89, 0xef, 0xb8, ...imm(231), ...syscall], // exit_group(errno)
    label("child"),
    [0x8b, 0x7c, 0x24, 0x04, 0xb8, ...imm(3), ...syscall], // close(the writing end)
    [0x8b, 0x3c, 0x24, 0x48, 0x8d, 0x74, 0x24, 0x10, 0xba, ...imm(1), 0x31, 0xc0, ...syscall], // read(the other, rsp+16, 1)
    [0x31, 0xff, 0xb8, ...imm(231), ...syscall], // exit_group(0)
  ]);
}

/** Asks for its own processor time until it is enough, at most so often that it ends where the clock does not tell. */
function processorTime(milliseconds: number): Uint8Array {
  return assemble([
    [0x48, 0x83, 0xec, 0x20], // sub rsp, 32
    [0x41, 0xbc, ...imm(50_000_000)], // mov r12d, times
    label("again"),
    [0xbf, ...imm(2), 0x48, 0x89, 0xe6, 0xb8, ...imm(228), ...syscall], // clock_gettime(CLOCK_PROCESS_CPUTIME_ID, rsp)
    [0x48, 0x85, 0xc0],
    jump("js", "refused"),
    [0x48, 0x69, 0x04, 0x24, ...imm(1_000_000_000)], // imul rax, [rsp], 1e9
    [0x48, 0x03, 0x44, 0x24, 0x08], // add rax, [rsp+8]
    [0x48, 0x3d, ...imm(milliseconds * 1_000_000)], // cmp rax, nanoseconds
    jump("jns", "enough"),
    [0x41, 0xff, 0xcc], // dec r12d
    jump("jnz", "again"),
    label("enough"),
    [0x31, 0xff, 0xb8, ...imm(231), ...syscall], // exit_group(0)
    label("refused"),
    [0xbf, ...imm(1), 0xb8, ...imm(231), ...syscall], // exit_group(1)
  ]);
}
