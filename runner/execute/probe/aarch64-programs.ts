/** The programs of the probe that are more than a list of calls, for aarch64. */
import { branch, call, set, word } from "./aarch64.ts";
import { assemble, label } from "./assemble.ts";

/** Children wait for the end of a pipe that the parent alone holds open; the parent closes it and waits for all of them. */
export function makeProcesses(amount: number): Uint8Array {
  return assemble([
    word(0xd10083ff), // sub sp, sp, #32
    set(21, 0), // no errno yet
    [...word(0x910003e0), ...set(1, 0), ...call(59)], // mov x0, sp; pipe2(x0, 0)
    branch("tbnz x0, #63", "refused"),
    set(20, amount),
    label("fork"),
    [...set(0, 17), ...set(1, 0), ...set(2, 0), ...set(3, 0), ...set(4, 0), ...call(220)], // clone(SIGCHLD, 0, 0, 0, 0)
    branch("cbz x0", "child"),
    branch("tbnz x0, #63", "refused"),
    word(0x71000694), // subs w20, w20, #1
    branch("b.ne", "fork"),
    branch("b", "end"),
    label("refused"),
    word(0x4b0003f5), // neg w21, w0
    label("end"),
    [...word(0xb94007e0), ...call(57)], // ldr w0, [sp, #4]; close(the writing end)
    label("reap"),
    [...word(0x92800000), ...set(1, 0), ...set(2, 0), ...set(3, 0), ...call(260)], // mov x0, #-1; wait4(x0, 0, 0, 0)
    branch("tbz x0, #63", "reap"),
    [...word(0x2a1503e0), ...call(94)], // mov w0, w21; exit_group(errno)
    label("child"),
    [...word(0xb94007e0), ...call(57)], // ldr w0, [sp, #4]; close(the writing end)
    [...word(0xb94003e0), ...word(0x910043e1), ...set(2, 1), ...call(63)], // ldr w0, [sp]; add x1, sp, #16; read(w0, x1, 1)
    [...set(0, 0), ...call(94)], // exit_group(0)
  ]);
}

/** Asks for its own processor time until it is enough, at most so often that it ends where the clock does not tell. */
export function useProcessorTime(milliseconds: number): Uint8Array {
  return assemble([
    word(0xd10043ff), // sub sp, sp, #16
    set(20, 50_000_000), // times
    set(23, 1_000_000_000),
    set(24, milliseconds * 1_000_000), // nanoseconds
    label("again"),
    [...set(0, 2), ...word(0x910003e1), ...call(113)], // mov x1, sp; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, x1)
    branch("tbnz x0, #63", "refused"),
    word(0xa9402be9), // ldp x9, x10, [sp]
    word(0x9b172929), // madd x9, x9, x23, x10
    word(0xeb18013f), // cmp x9, x24
    branch("b.ge", "enough"),
    word(0x71000694), // subs w20, w20, #1
    branch("b.ne", "again"),
    label("enough"),
    [...set(0, 0), ...call(94)], // exit_group(0)
    label("refused"),
    [...set(0, 1), ...call(94)], // exit_group(1)
  ]);
}
