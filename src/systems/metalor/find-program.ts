/** Whether a program could be started in a root, as execve(2) and execvp(3) of the GNU C library would say. Fact sheet: section 11. */
import { decodeUtf8 } from "../../bytes/utf8.ts";
import { type Files, HostError } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { displayIoError } from "../rust-io-error.ts";
import { findInRoot } from "./in-root.ts";
import type { Environment } from "./spec.ts";

/** The place where a program is looked for. */
export interface ProgramSearch {
  readonly root: string;
  /** Working directory in the root. */
  readonly cwd: string;
  readonly executable: string;
  readonly env: Environment;
}

/** The path in the root of the program that would be started. Throws {@link Rejection} with the cause alone. */
export function findProgram(files: Files, { root, cwd, executable, env }: ProgramSearch): string {
  if (executable.includes("/")) {
    const fault = faultOf(files, root, cwd, executable, 0);
    if (fault === undefined) return executable;
    throw new Rejection("program-not-started", fault);
  }
  const path = env.findLast(([name]) => name === "PATH")?.[1] ?? "/bin:/usr/bin";
  let worst = faults.missing;
  for (const directory of path.split(":")) {
    const candidate = directory === "" ? executable : `${directory}/${executable}`;
    const fault = faultOf(files, root, cwd, candidate, 0);
    // The C library hands what the kernel does not know to the shell.
    if (fault === undefined || fault === faults.format) return candidate;
    if (fault === faults.denied) worst = fault;
    else if (fault !== faults.missing && fault !== faults.noDirectory)
      throw new Rejection("program-not-started", fault);
  }
  throw new Rejection("program-not-started", worst);
}

const faults = {
  missing: "No such file or directory (os error 2)",
  format: "Exec format error (os error 8)",
  denied: "Permission denied (os error 13)",
  noDirectory: "Not a directory (os error 20)",
  loop: "Too many levels of symbolic links (os error 40)",
};

/** So many interpreters may stand behind each other. */
const mostInterpreters = 5;

function faultOf(files: Files, root: string, cwd: string, path: string, depth: number): string | undefined {
  try {
    const { place, status } = findInRoot(files, root, path, cwd);
    if (status.type !== "file" || (status.mode & 0o111) === 0) return faults.denied;
    if (depth > mostInterpreters) return faults.loop;
    const start = startOf(files, place);
    const text = decodeUtf8(start.subarray(0, 256));
    if (text.startsWith("#!")) {
      const interpreter = /^#![ \t]*([^ \t\n\0]+)/.exec(text)?.[1];
      return interpreter === undefined ? faults.format : faultOf(files, root, cwd, interpreter, depth + 1);
    }
    if (!text.startsWith("\u007fELF")) return faults.format;
    const loader = loaderOf(start);
    return loader === undefined ? undefined : faultOf(files, root, cwd, loader, mostInterpreters);
  } catch (error) {
    if (error instanceof HostError) return displayIoError(error);
    throw error;
  }
}

function startOf(files: Files, place: string): Uint8Array {
  const reader = files.open(place);
  try {
    return reader.read().slice(0, 65_536);
  } finally {
    reader.close();
  }
}

/** The program loader that a 64-bit little-endian ELF file names (elf(5), PT_INTERP), where it stands near the start. */
function loaderOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < 64 || bytes[4] !== 2 || bytes[5] !== 1) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = Number(view.getBigUint64(32, true));
  const count = view.getUint16(56, true);
  for (let index = 0; index < count; index++) {
    const header = table + 56 * index;
    if (header + 56 > bytes.length) return undefined;
    if (view.getUint32(header, true) !== 3) continue;
    const offset = Number(view.getBigUint64(header + 8, true));
    const size = Number(view.getBigUint64(header + 32, true));
    return decodeUtf8(bytes.subarray(offset, offset + size - 1));
  }
  return undefined;
}
