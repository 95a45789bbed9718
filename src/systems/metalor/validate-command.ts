/** The checks of a command. Fact sheet: upstream src/runtime/linux.rs, in its order. */
import { Rejection } from "../rejection.ts";
import { checkEnvironment, checkExecutable, checkPath } from "./check-path.ts";
import { helperBinaryPath } from "./emulator.ts";
import type { ContainerRunCommand } from "./spec.ts";

/** Throws {@link Rejection} for the first fault. The root is not looked at, and mounts may lie anywhere and on each other. */
export function validateCommand({ cwd, executable, env, emulator, mounts }: ContainerRunCommand): void {
  checkPath(cwd, "container cwd");
  checkExecutable(executable);
  checkEnvironment(env);
  if (emulator !== null) checkEmulator(emulator);
  for (const { source, destination } of mounts) {
    checkPath(source, "bind mount source");
    checkPath(destination, "container mount destination");
  }
}

function checkEmulator(emulator: string): void {
  checkPath(emulator, "container emulator");
  if (emulator.startsWith(helperBinaryPath(""))) return;
  throw new Rejection("emulator-misplaced", `container emulator must live under /.metalor-run: ${emulator}`);
}
