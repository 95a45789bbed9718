/**
 * Emits the smallest program that makes a fixed list of system calls and writes back what each returned: a static ELF64
 * executable for x86-64 of one segment. No compiler, no libc, no fork; about a hundred bytes of code and 64 per call.
 * File format: elf(5). Calling convention: syscall(2), "Architecture calling conventions".
 */

/** An argument: an integer, bytes that the call gets the address of, or the result of the call just before. */
export type CallArgument = bigint | Uint8Array | typeof previousResult;

/** Stands for the result of the call just before, e.g. the descriptor that socket(2) gave. */
export const previousResult = "previous-result" as const;

/** One system call: number and up to six arguments. */
export interface RawCall {
  readonly number: number;
  readonly arguments: readonly CallArgument[];
}

/** Where the segment is loaded; below 4 GiB so that addresses fit 32 bits. */
const base = 0x400000;
const headerSize = 64 + 56;
const recordSize = 64;
/** In an argument's place: take the previous record's result instead. Not a value any of our calls passes. */
const previousMark = 0x7e57ab1e;

/** The program for `calls`, in order. Its output is one {@link recordSize}-byte record per call; see {@link readResults}. */
export function emitProgram(calls: readonly RawCall[]): Uint8Array {
  const codeSize = code(0, 0).length;
  const table = align(base + headerSize + codeSize, 8);
  const data: Uint8Array[] = [];
  let end = table + calls.length * recordSize;
  const place = (bytes: Uint8Array): bigint => {
    const address = end;
    data.push(bytes);
    end += bytes.length;
    return BigInt(address);
  };
  const records = new BigInt64Array((calls.length * recordSize) / 8);
  calls.forEach((call, index) => {
    records[index * 8] = BigInt(call.number);
    call.arguments.forEach((argument, position) => {
      records[index * 8 + 1 + position] =
        argument === previousResult
          ? BigInt(previousMark)
          : typeof argument === "bigint"
            ? BigInt.asIntN(64, argument)
            : place(argument);
    });
  });
  const file = new Uint8Array(end - base);
  writeHeader(new DataView(file.buffer), file.length);
  file.set(code(table, calls.length), headerSize);
  file.set(new Uint8Array(records.buffer), table - base);
  let at = table - base + records.byteLength;
  for (const bytes of data) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** Return values (negative errno on failure) from the program's output; fewer than asked for when it was killed. */
export function readResults(output: Uint8Array): readonly number[] {
  const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
  return Array.from({ length: Math.floor(output.length / recordSize) }, (_, index) =>
    Number(view.getBigInt64(index * recordSize + 56, true)),
  );
}

function align(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

function writeHeader(view: DataView, size: number): void {
  const ident = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1];
  ident.forEach((byte, index) => {
    view.setUint8(index, byte);
  });
  view.setUint16(16, 2, true); // ET_EXEC
  view.setUint16(18, 62, true); // EM_X86_64
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
  view.setBigUint64(112, 0x1000n, true);
}

function code(table: number, count: number): Uint8Array {
  const imm = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255];
  const loop = [
    ...[0x48, 0x8b, 0x03], // mov rax, [rbx]
    ...[0x48, 0x8b, 0x7b, 0x08], // mov rdi, [rbx+8]
    ...[0x48, 0x81, 0xff, ...imm(previousMark)], // cmp rdi, mark
    ...[0x48, 0x0f, 0x44, 0x7b, 0xf8], // cmove rdi, [rbx-8]
    ...[0x48, 0x8b, 0x73, 0x10], // mov rsi, [rbx+16]
    ...[0x48, 0x8b, 0x53, 0x18], // mov rdx, [rbx+24]
    ...[0x4c, 0x8b, 0x53, 0x20], // mov r10, [rbx+32]
    ...[0x4c, 0x8b, 0x43, 0x28], // mov r8, [rbx+40]
    ...[0x4c, 0x8b, 0x4b, 0x30], // mov r9, [rbx+48]
    ...[0x0f, 0x05], // syscall
    ...[0x48, 0x89, 0x43, 0x38], // mov [rbx+56], rax
    ...[0x48, 0x83, 0xc3, 0x40], // add rbx, 64
    ...[0x41, 0xff, 0xcf], // dec r15d
  ];
  return Uint8Array.from([
    ...[0xbb, ...imm(table)], // mov ebx, table
    ...[0x41, 0xbf, ...imm(count)], // mov r15d, count
    ...loop,
    ...[0x75, 256 - (loop.length + 2)], // jnz loop
    ...[0xb8, ...imm(1), 0xbf, ...imm(1)], // write(1,
    ...[0xbe, ...imm(table), 0xba, ...imm(count * recordSize)], // table, size)
    ...[0x0f, 0x05],
    ...[0x31, 0xff, 0xb8, ...imm(231), 0x0f, 0x05], // exit_group(0)
  ]);
}
