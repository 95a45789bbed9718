/** The programs of the probe that are more than a list of calls, for x86-64. */
import { assemble, imm, label } from "./assemble.ts";
import { jump } from "./x86-64.ts";

const syscall = [0x0f, 0x05];

/** Children wait for the end of a pipe that the parent alone holds open; the parent closes it and waits for all of them. */
export function makeProcesses(amount: number): Uint8Array {
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
export function useProcessorTime(milliseconds: number): Uint8Array {
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
