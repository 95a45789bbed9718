/** The programs of the probe that do more than make a list of calls: they use up processes, memory or processor time, within bounds. */
import type { ProgramName } from "../../../src/policy/question.ts";
import { emitCode, emitProgram, previousResult } from "./elf.ts";
import { type Machine, thisMachine } from "./machine.ts";

/** Nothing asks for less or for more than this; a program that would is not made. */
const bounds: { readonly [program in ProgramName]: readonly [least: number, most: number] } = {
  "effective-user": [0, 0],
  processes: [1, 1024],
  memory: [1, 256 * 1024 * 1024],
  "processor-time": [1, 500],
};

/** The program `name`; `amount` as its question says. Throws for an amount that would harm a machine without limits. */
export function emitNamed(name: ProgramName, amount = 0, machine: Machine = thisMachine()): Uint8Array {
  const [least, most] = bounds[name];
  if (!(Number.isInteger(amount) && amount >= least && amount <= most)) {
    throw new RangeError(`the program ${name} is not made for ${amount}`);
  }
  switch (name) {
    case "effective-user": // its low byte is the status
      return emitProgram(
        [
          { call: "geteuid", arguments: [] },
          { call: "exit_group", arguments: [previousResult] },
        ],
        machine,
      );
    case "memory": // anonymous, private and populated: its address ends in zeros, a failure does not
      return emitProgram(
        [
          { call: "mmap", arguments: [0n, BigInt(amount), 3n, 0x8022n, -1n, 0n] },
          { call: "exit_group", arguments: [previousResult] },
        ],
        machine,
      );
    case "processes":
      return emitCode(machine.makeProcesses(amount), machine);
    case "processor-time":
      return emitCode(machine.useProcessorTime(amount), machine);
  }
}
