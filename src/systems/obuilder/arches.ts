/** The architectures for seccomp. Fact sheet: upstream lib/sandbox.runc.ml, `get_machine` and `get_arches`. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { ocamlInteger } from "./ocaml-integer.ts";
import { machineNameFailed, noMachineName } from "./refusals.ts";

/** The request of `arches`: what the shell command `uname -m` did. */
export interface ArchesRequest {
  readonly unameOutput: string;
  /** Exit status; 0 when absent. */
  readonly unameExit?: number | bigint;
}

const schema = closed({ unameOutput: v.string(), unameExit: v.exactOptional(ocamlInteger) });

true satisfies Same<ArchesRequest, v.InferOutput<typeof schema>>;

/** By machine name, case sensitive; every other machine has none. */
const archesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ["x86_64", ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]],
  ["aarch64", ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]],
]);

/** The request of `arches` as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readArchesRequest(request: Json): ArchesRequest {
  return fit(schema, request, "/request");
}

/**
 * The architectures of the machine that the first printed line names. Throws {@link ../rejection.ts | Rejection} when
 * nothing was printed, and only then looks at the exit status.
 */
export function findArches({ unameOutput, unameExit = 0 }: ArchesRequest): readonly string[] {
  const [line = ""] = unameOutput.split("\n", 1);
  if (unameOutput === "") throw noMachineName();
  if (Number(unameExit) !== 0) throw machineNameFailed();
  return archesOf.get(trim(line)) ?? [];
}

/** OCaml's `String.trim` knows five blanks; JavaScript's more. */
function trim(line: string): string {
  return line.replace(/^[ \t\r\n\f]+/, "").replace(/[ \t\r\n\f]+$/, "");
}
