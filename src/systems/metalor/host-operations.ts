/** metalor's operations that ask the host: its files, or which process answers. */
import type { Operation } from "../system.ts";
import { canonicalizePrefix, canonicalizeRoot } from "./canonical-path.ts";
import { binfmtRuleName } from "./emulator.ts";
import { text } from "./fields.ts";
import { operation } from "./operation.ts";
import { readRequest } from "./read-request.ts";
import { buildCellReexec, unshareReexec } from "./reexec.ts";
import { commandSchema, specSchema } from "./spec.ts";
import { writeRequest } from "./write-request.ts";

const caller = { currentExe: text, subcommand: text, runtimeRootPrefix: text };

/** Operations with the effects `files`, by name. */
export const hostOperations: { readonly [name: string]: Operation } = {
  canonicalizePrefix: operation(
    "files",
    "the real path of the directory below which all roots lie",
    { prefix: text },
    ({ prefix }, { files }) => ({ path: canonicalizePrefix(files, prefix) }),
  ),

  canonicalizeRoot: operation("files", "the real path of a root", { root: text }, ({ root }, { files }) => ({
    path: canonicalizeRoot(files, root),
  })),

  readRequest: operation("files", "the cell in a request file", { path: text }, ({ path }, { files }) =>
    readRequest(files, path),
  ),

  writeRequest: operation(
    "files",
    "the request file of a cell",
    { path: text, spec: specSchema },
    ({ path, spec }, host) => ({ content: writeRequest(host, path, spec) }),
  ),

  buildCellReexec: operation(
    "files",
    "the stage of a cell, and the command that starts it",
    { ...caller, spec: specSchema },
    (request, host) => buildCellReexec(host, request),
  ),

  unshareReexec: operation(
    "files",
    "the root of a command, and the command that starts it",
    { ...caller, command: commandSchema },
    (request, host) => unshareReexec(host, request),
  ),

  binfmtRuleName: operation(
    "files",
    "the name of the rule for an emulator",
    { emulatorPath: text },
    ({ emulatorPath }, { process }) => binfmtRuleName(emulatorPath, process.pid),
  ),
};
