/** The machines that programs can be written for. */
import * as aarch64 from "./aarch64.ts";
import * as aarch64Programs from "./aarch64-programs.ts";
import { callNumbers } from "./call-numbers.ts";
import type { Layout } from "./layout.ts";
import * as x86 from "./x86-64.ts";
import * as x86Programs from "./x86-64-programs.ts";

/** What programs for one kind of machine are made of. */
export interface Machine {
  readonly name: string;
  /** e_machine of its ELF files (elf(5)). */
  readonly elfMachine: number;
  /** The largest page a kernel for it may have, in bytes. */
  readonly page: number;
  /** O_NOFOLLOW of open(2), which differs. */
  readonly noFollow: bigint;
  /** The number of a call; undefined where there is none of that name. */
  number(call: string): number | undefined;
  /** Code that makes all calls in one process, or each group in a process of its own. */
  readonly linearCode: (layout: Layout) => Uint8Array;
  readonly separateCode: (layout: Layout) => Uint8Array;
  /** Code of whole programs; see ProgramName. */
  readonly makeProcesses: (amount: number) => Uint8Array;
  readonly useProcessorTime: (milliseconds: number) => Uint8Array;
}

/** By what node:process calls them. */
export const machines: { readonly x64: Machine; readonly arm64: Machine } = {
  x64: {
    name: "x86-64",
    elfMachine: 62,
    page: 0x1000,
    noFollow: 0o400_000n,
    number: (call) => numbersOf(call)?.[0],
    linearCode: x86.linearCode,
    separateCode: x86.separateCode,
    makeProcesses: x86Programs.makeProcesses,
    useProcessorTime: x86Programs.useProcessorTime,
  },
  arm64: {
    name: "aarch64",
    elfMachine: 183,
    page: 0x10000,
    noFollow: 0o100_000n,
    number: (call) => numbersOf(call)?.[1],
    linearCode: aarch64.linearCode,
    separateCode: aarch64.separateCode,
    makeProcesses: aarch64Programs.makeProcesses,
    useProcessorTime: aarch64Programs.useProcessorTime,
  },
};

/** The machine that node:process calls `arch`; undefined when no programs can be written for it. */
export function findMachine(arch: string): Machine | undefined {
  return arch === "x64" || arch === "arm64" ? machines[arch] : undefined;
}

/** This machine. Throws where {@link findMachine} finds none; callers have asked that before. */
export function thisMachine(): Machine {
  const machine = findMachine(process.arch);
  if (machine === undefined) throw new Error(`no program can be written for ${process.arch}`);
  return machine;
}

function numbersOf(call: string): (typeof callNumbers)[string] | undefined {
  return Object.hasOwn(callNumbers, call) ? callNumbers[call] : undefined;
}
