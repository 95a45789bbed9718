/**
 * Emits the smallest program that makes a fixed list of system calls and writes back what each returned: a static ELF64
 * executable of one segment, in memory cupel's own. No compiler, no libc; a few hundred bytes of code and 64 per call.
 * File format: elf(5).
 */
import type { ProcessEnd } from "../../../src/policy/answer.ts";
import { base, headerSize, type Layout, previousMark, recordSize } from "./layout.ts";
import { type Machine, thisMachine } from "./machine.ts";

/** An argument: an integer, bytes (or a list of texts) that the call gets the address of, or the result of the call just before. */
export type CallArgument = bigint | Uint8Array | PointerList | typeof previousResult;

/** Stands for the result of the call just before, e.g. the descriptor that socket(2) gave. */
export const previousResult = "previous-result" as const;

/** Addresses of these bytes, ended by a null pointer, as execve(2) wants its arguments. */
export interface PointerList {
  readonly pointers: readonly Uint8Array[];
}

/** One system call, by its name in call-numbers.ts, and up to six arguments. */
export interface RawCall {
  readonly call: string;
  readonly arguments: readonly CallArgument[];
  /** When it fails, the calls after it are not made: the rest of its group, or of the program. */
  readonly required?: true;
  /** Made as a 32-bit program would (int 0x80), with numbers of that architecture; it can take no arguments. */
  readonly as32Bit?: true;
}

/** What came of a call: its return value (negative errno on failure), or how its process ended instead of returning. */
export type CallResult = number | { readonly ended: ProcessEnd };

/**
 * The program for `calls`, in order, all in one process. Its output is one {@link recordSize}-byte record per call; see
 * {@link readResults}. Throws for a call that the machine does not have.
 */
export function emitProgram(calls: readonly RawCall[], machine: Machine = thisMachine()): Uint8Array {
  return emit(calls, new Set(), calls.length, machine, machine.linearCode);
}

/**
 * The program for `groups`: each group of calls is made in a process of its own that shares the memory (clone(2),
 * CLONE_VM and CLONE_VFORK), so that a call which kills, replaces or changes its process does nothing to the others. Where
 * no process can be made, the group is made in place. Same output as {@link emitProgram}, the groups one after another.
 */
export function emitSeparately(groups: readonly (readonly RawCall[])[], machine: Machine = thisMachine()): Uint8Array {
  const filled = groups.filter((group) => group.length > 0);
  const lasts = new Set<number>();
  let count = 0;
  for (const group of filled) {
    count += group.length;
    lasts.add(count - 1);
  }
  const calls = filled.flat();
  const followed = new Set(calls.flatMap((_, index) => (lasts.has(index) ? [] : [index])));
  return emit(calls, followed, filled.length, machine, machine.separateCode);
}

/** Results from the program's output; fewer than asked for when it was killed. */
export function readResults(output: Uint8Array): readonly CallResult[] {
  const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
  return Array.from({ length: Math.floor(output.length / recordSize) }, (_, index) => {
    const value = view.getBigInt64(index * recordSize + 56, true);
    // No call returns anything near: errnos end at 4095, and addresses are positive.
    return value < -(2n ** 62n) ? { ended: endOf(Number(value & 0xffff_ffffn)) } : Number(value);
  });
}

/** wait(2): WIFSIGNALED, WTERMSIG, WEXITSTATUS. */
function endOf(status: number): ProcessEnd {
  return (status & 0x7f) === 0 ? { exit: (status >> 8) & 0xff } : { signal: status & 0x7f };
}

/** Flags in the upper half of a record's first word; the code tests them. */
const followedFlag = 1n << 32n;
const requiredFlag = 2n << 32n;
const as32BitFlag = 4n << 32n;
/** The result of a call that has not returned; the status of its process is added to it. */
const notReturned = -(2n ** 63n);

function emit(
  calls: readonly RawCall[],
  followed: ReadonlySet<number>,
  groups: number,
  machine: Machine,
  code: (layout: Layout) => Uint8Array,
): Uint8Array {
  // Numbers of the size of the real ones, since greater ones may take more code.
  const size = code({ table: base + headerSize, calls: calls.length, groups }).length;
  const table = align(base + headerSize + size, 8);
  const data: Uint8Array[] = [];
  let end = table + calls.length * recordSize;
  const place = (bytes: Uint8Array): bigint => {
    const address = end;
    data.push(bytes);
    end += bytes.length;
    return BigInt(address);
  };
  const wordOf = (argument: CallArgument): bigint => {
    if (argument === previousResult) return BigInt(previousMark);
    if (typeof argument === "bigint") return BigInt.asIntN(64, argument);
    if (argument instanceof Uint8Array) return place(argument);
    const addresses = new BigInt64Array([...argument.pointers.map(place), 0n]);
    return place(new Uint8Array(addresses.buffer));
  };
  const records = new BigInt64Array((calls.length * recordSize) / 8);
  calls.forEach((call, index) => {
    records[index * 8] =
      BigInt(numberOf(call.call, machine)) |
      (followed.has(index) ? followedFlag : 0n) |
      (call.required === true ? requiredFlag : 0n) |
      (call.as32Bit === true ? as32BitFlag : 0n);
    call.arguments.forEach((argument, position) => {
      records[index * 8 + 1 + position] = wordOf(argument);
    });
    records[index * 8 + 7] = notReturned;
  });
  const file = new Uint8Array(end - base);
  writeHeader(new DataView(file.buffer), file.length, machine);
  file.set(code({ table, calls: calls.length, groups }), headerSize);
  file.set(new Uint8Array(records.buffer), table - base);
  let at = table - base + records.byteLength;
  for (const bytes of data) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** A program of nothing but `code`. */
export function emitCode(code: Uint8Array, machine: Machine = thisMachine()): Uint8Array {
  const file = new Uint8Array(headerSize + code.length);
  writeHeader(new DataView(file.buffer), file.length, machine);
  file.set(code, headerSize);
  return file;
}

function numberOf(call: string, { name, number }: Machine): number {
  const known = number(call);
  if (known === undefined) throw new Error(`${name} has no system call ${call}`);
  return known;
}

function align(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

function writeHeader(view: DataView, size: number, { elfMachine, page }: Machine): void {
  const ident = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1];
  ident.forEach((byte, index) => {
    view.setUint8(index, byte);
  });
  view.setUint16(16, 2, true); // ET_EXEC
  view.setUint16(18, elfMachine, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(24, BigInt(base + headerSize), true); // entry
  view.setBigUint64(32, 64n, true); // program header follows
  view.setUint16(52, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 1, true);
  view.setUint32(64, 1, true); // PT_LOAD
  view.setUint32(68, 7, true); // read, write (results), execute
  view.setBigUint64(80, BigInt(base), true);
  view.setBigUint64(88, BigInt(base), true);
  view.setBigUint64(96, BigInt(size), true);
  view.setBigUint64(104, BigInt(size), true);
  view.setBigUint64(112, BigInt(page), true);
}
