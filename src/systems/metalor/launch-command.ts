/** The last steps in the namespaces: the working directory, the limits, and the command itself. Fact sheet: upstream src/runtime/linux.rs, section 11. */
import { compareUtf8 } from "../../bytes/order.ts";
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { type Host, HostError, type LaunchResult, type Namespaces } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { displayIoError } from "../rust-io-error.ts";
import { findProgram } from "./find-program.ts";
import { findInRoot } from "./in-root.ts";
import type { ContainerRunCommand, Limits } from "./spec.ts";

/** Starts the command in its root and waits; `wrote` gets what it writes. Throws {@link Rejection} unless it ends with 0. */
export function launchCommand(
  { files }: Host,
  namespaces: Namespaces,
  { root, cwd, env, executable, argv }: ContainerRunCommand,
  limits: Limits,
  wrote: (result: LaunchResult) => void,
): void {
  const directory = enterDirectory(() => findInRoot(files, root, cwd, "/"), cwd);
  if (directory.status.type !== "dir")
    throw new Rejection("no-directory", notEntered(cwd, "Not a directory (os error 20)"));
  const wanted = limitsOf(limits);
  for (const { resource, value } of wanted) {
    if (namespaces.mayLimit(resource, value)) continue;
    const what = `set RLIMIT_${resource.toUpperCase()} for build cell`;
    throw new Rejection("limit-refused", `${what}: Operation not permitted (os error 1)`);
  }
  const program = spawnable(executable, () => {
    if ([executable, ...argv].some((word) => word.includes("\0"))) {
      throw new Rejection("nul-in-argument", "nul byte found in provided data");
    }
    if (wanted.some(({ resource, value }) => resource === "as" && value < leastMemory)) {
      throw new Rejection("no-memory", "Cannot allocate memory (os error 12)");
    }
    return findProgram(files, { root, cwd: directory.inside, executable, env });
  });
  const result = namespaces.launch({
    root,
    cwd: directory.inside,
    program,
    argv: [executable, ...argv],
    // Of a name given twice the last value counts; the child gets them by the bytes of their names.
    env: [...new Map(env)].sort(([a], [b]) => compareUtf8(a, b)),
    limits: wanted,
  });
  wrote(result);
  const { ended } = result;
  if ("signal" in ended) {
    throw new Rejection("killed", `container command ${executable} terminated by signal ${ended.signal}`);
  }
  if (ended.status === 0) return;
  const text = `container command ${executable} exited with status exit status: ${ended.status}`;
  throw new Rejection("exited", text);
}

/**
 * The limit binds upstream's helper too, and what it starts a command with is a stack of 36 KiB. A program that links upstream's
 * crate 0.3.2 and does nothing else has 3,276 KiB of address space (measured on x86-64 with glibc 2.36); with less than both no
 * helper starts anything. A greater helper needs more, which only who built it knows.
 */
const leastMemory = (3276 + 36) * 1024;

function limitsOf({ cpuTimeSeconds, memoryBytes, maxProcesses }: Limits): readonly {
  readonly resource: "cpu" | "as" | "nproc";
  readonly value: number | bigint;
}[] {
  const limits = [
    { resource: "cpu" as const, value: cpuTimeSeconds },
    { resource: "as" as const, value: memoryBytes },
    { resource: "nproc" as const, value: maxProcesses },
  ];
  return limits.flatMap(({ resource, value }) => (value === null ? [] : [{ resource, value }]));
}

function enterDirectory<Value>(step: () => Value, cwd: string): Value {
  if (cwd.includes("\0")) {
    const cause = `nul byte found in provided data at position: ${encodeUtf8(cwd.slice(0, cwd.indexOf("\0"))).length}`;
    throw new Rejection("no-directory", `container cwd contained an interior null: ${cause}`);
  }
  try {
    return step();
  } catch (error) {
    if (error instanceof HostError) throw new Rejection("no-directory", notEntered(cwd, displayIoError(error)));
    throw error;
  }
}

function notEntered(cwd: string, cause: string): string {
  return `failed to chdir to ${cwd}: ${cause}`;
}

function spawnable(executable: string, step: () => string): string {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    throw new Rejection(error.code, `failed to spawn container command ${executable}: ${error.message}`);
  }
}
