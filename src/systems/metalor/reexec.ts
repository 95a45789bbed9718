/** Prepares the host for a cell or a command, and says how to start it. Fact sheet: upstream src/runtime/linux.rs, in its order. */
import type { Host } from "../host.ts";
import { canonicalizePrefix, checkDistinct } from "./canonical-path.ts";
import { type Caller, isolationCommand, type ReexecCommand } from "./isolation.ts";
import { prepareRuntimeRoot, prepareRuntimeWorkspace } from "./prepare-runtime.ts";
import { resetStage } from "./reset-stage.ts";
import type { BuildCellSpec, ContainerRunCommand } from "./spec.ts";
import { stage } from "./stage.ts";
import { requestPath } from "./stage-layout.ts";
import { validateCommand } from "./validate-command.ts";
import { validateSpec } from "./validate-spec.ts";
import { writeRequest } from "./write-request.ts";

/** A cell, who starts it, and the directory below which all roots lie. */
export interface CellToStart extends Caller {
  readonly runtimeRootPrefix: string;
  readonly spec: BuildCellSpec;
}

/** A command, who starts it, and the directory below which all roots lie. */
export interface CommandToStart extends Caller {
  readonly runtimeRootPrefix: string;
  readonly command: ContainerRunCommand;
}

/**
 * Stages the cell `spec`. The stage goes to the scratch directory as it was written, all else to its real path.
 * Throws {@link ../rejection.ts | Rejection}; what is made by then stays.
 */
export function buildCellReexec(host: Host, { runtimeRootPrefix, spec, ...caller }: CellToStart): ReexecCommand {
  validateSpec(spec);
  const canonicalPrefix = canonicalizePrefix(host.files, runtimeRootPrefix);
  const root = prepareRuntimeRoot(host, spec.root, canonicalPrefix);
  const scratch = prepareRuntimeWorkspace(host, spec.scratch, canonicalPrefix, "build scratch");
  checkDistinct(root, scratch);
  resetStage(host, scratch);
  stage(host, spec);
  const request = requestPath(scratch);
  writeRequest(host, request, spec);
  return isolationCommand(caller, canonicalPrefix, ["--build-cell-request", request], spec.network === "Disabled");
}

/** Prepares the root of `command`, which always has the network. Throws {@link ../rejection.ts | Rejection}; what is made by then stays. */
export function unshareReexec(host: Host, { runtimeRootPrefix, command, ...caller }: CommandToStart): ReexecCommand {
  validateCommand(command);
  const canonicalPrefix = canonicalizePrefix(host.files, runtimeRootPrefix);
  const root = prepareRuntimeRoot(host, command.root, canonicalPrefix);
  return isolationCommand(caller, canonicalPrefix, commandArguments(command, root), false);
}

/** Nothing stands between the executable and its own arguments. */
function commandArguments(
  { cwd, mounts, env, emulator, executable, argv }: ContainerRunCommand,
  root: string,
): readonly string[] {
  return [
    ...["--root", root, "--cwd", cwd],
    ...mounts.flatMap(({ source, destination, readOnly }) => {
      return ["--mount-source", source, "--mount-dest", destination, "--mount-mode", readOnly ? "ro" : "rw"];
    }),
    ...env.flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    ...(emulator === null ? [] : ["--emulator", emulator]),
    ...["--executable", executable],
    ...argv,
  ];
}
