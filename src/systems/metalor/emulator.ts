/** How a program for another architecture is announced to the kernel. Fact sheet: upstream src/runtime/linux.rs. */
import { fileName } from "../../rust/path.ts";
import { Rejection } from "../rejection.ts";

/** The directory in a root that holds what upstream puts there. */
const helperDirectory = "/.metalor-run";

/** The path in a root of a helper. Nothing is checked. */
export function helperBinaryPath(binaryName: string): string {
  return `${helperDirectory}/${binaryName}`;
}

/** The name of the binfmt_misc rule that the process `pid` makes for an emulator. Throws {@link Rejection} without a file name. */
export function binfmtRuleName(emulatorPath: string, pid: number): string {
  return `metalor-${nameOf(emulatorPath).replace(/[^A-Za-z0-9]/gu, "-")}-${pid}`;
}

/**
 * The line that registers an emulator, with its backslashes as binfmt_misc itself reads them (kernel documentation,
 * admin-guide/binfmt-misc). The file name alone says for which architecture. Throws {@link Rejection} for an unknown one.
 */
export function qemuRegistration(ruleName: string, emulatorPath: string): string {
  const name = nameOf(emulatorPath);
  const machine = Object.hasOwn(machines, name) ? machines[name] : undefined;
  if (machine === undefined) {
    throw new Rejection("unsupported-emulator", `unsupported emulator path ${emulatorPath}`);
  }
  const line = `:${ruleName}:M::${magic.replace("MACHINE", machine)}:${mask}:{interpreter}:FP`;
  // Upstream fills the rule name in first, so a name that holds these words is filled too.
  return line.replaceAll("{interpreter}", () => emulatorPath);
}

/** e_machine (elf(5)) of what each emulator runs. */
const machines: { readonly [name: string]: string } = {
  "qemu-aarch64-static": "\\xb7",
  "qemu-riscv64-static": "\\xf3",
  "qemu-x86_64-static": "\\x3e",
};

/** The start of an ELF file: 64 bits, little endian, System V, an executable. */
const magic = "\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00MACHINE\\x00";
/** All of it counts but the ABI and the lowest bit of the type, so that shared objects match too. */
const mask = "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff";

function nameOf(emulatorPath: string): string {
  const name = fileName(emulatorPath);
  if (name === undefined) throw new Rejection("invalid-emulator", `invalid emulator path ${emulatorPath}`);
  return name;
}
