/** Names of processor architectures. Fact sheet: upstream src/runtime/linux.rs. */
import { Rejection } from "../rejection.ts";

interface Architecture {
  readonly name: "x86_64" | "aarch64" | "riscv64";
  /** What it is called, in exactly these letters. */
  readonly spellings: readonly string[];
  /** Its name in OCI images. */
  readonly oci: string;
}

const architectures: readonly Architecture[] = [
  { name: "x86_64", spellings: ["x86_64", "amd64"], oci: "amd64" },
  { name: "aarch64", spellings: ["aarch64", "arm64"], oci: "arm64" },
  { name: "riscv64", spellings: ["riscv64"], oci: "riscv64" },
];

/** The one name of the architecture `arch`. Throws {@link Rejection} for an unknown one. */
export function normalizeArch(arch: string): Architecture["name"] {
  return find(arch).name;
}

/** What OCI images call the architecture `arch`; null when none is requested. Throws as {@link normalizeArch}. */
export function requestedOciArch(arch: string | null): string | null {
  return arch === null ? null : find(arch).oci;
}

/** The program that runs commands for the architecture `arch` elsewhere. Throws as {@link normalizeArch}. */
export function requiredQemuBinary(arch: string): string {
  return `qemu-${find(arch).name}-static`;
}

function find(arch: string): Architecture {
  const found = architectures.find(({ spellings }) => spellings.includes(arch));
  if (found === undefined) throw new Rejection("unsupported-architecture", `unsupported architecture ${arch}`);
  return found;
}
