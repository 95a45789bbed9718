/** The refusals of upstream's lib/sandbox.runc.ml, in its words. */
import { Rejection } from "../rejection.ts";
import { ocamlList } from "./ocaml-list.ts";

/** An `assert` on the entrypoint; the text is its place in upstream's file (line 110 on today's main). */
export function entrypointRefused(): Rejection {
  return assertionFailed("entrypoint-set", 'File "lib/sandbox.ml", line 107, characters 4-10');
}

/** An `assert false` for Windows users; the text is its place in upstream's file (line 114 on today's main). */
export function windowsUserRefused(): Rejection {
  return assertionFailed("windows-user", 'File "lib/sandbox.ml", line 111, characters 24-30');
}

/** Only no network at all and exactly `["host"]` are known. */
export function networkRefused(network: readonly string[]): Rejection {
  return new Rejection("unsupported-network", ocamlList("Unsupported network configuration ", network), "Failure");
}

/** `uname -m` printed nothing. */
export function noMachineName(): Rejection {
  return new Rejection("no-machine-name", "End_of_file", "End_of_file");
}

/** `uname -m` printed a line and failed. */
export function machineNameFailed(): Rejection {
  return new Rejection("machine-name-failed", "Failed to get arch with 'uname -m'", "Failure");
}

function assertionFailed(code: string, place: string): Rejection {
  return new Rejection(code, `${place}: Assertion failed`, "Assert_failure");
}
