/** The command by which a program starts itself anew in namespaces of its own. Fact sheet: upstream src/runtime/linux.rs. */

/** What the library needs to know of the program that uses it. */
export interface Caller {
  /** Path of the program. */
  readonly currentExe: string;
  /** The hidden subcommand that calls back into the library. */
  readonly subcommand: string;
}

/** A command to be started by the caller. */
export interface ReexecCommand {
  readonly program: "unshare";
  readonly args: readonly string[];
  /** What is added to the caller's environment, sorted by name. */
  readonly env: readonly (readonly [name: string, value: string])[];
  /** No working directory is set. */
  readonly cwd: null;
}

/** The names of the two variables that the namespaces' side looks at. */
export const isolationVariables: { readonly flag: string; readonly prefix: string } = {
  flag: "METALOR_PRIVATE_NS",
  prefix: "METALOR_RUNTIME_ROOT_PREFIX",
};

/** The command. There is no user, cgroup or time namespace, and nothing mounts a new /proc (unshare(1)). */
export function isolationCommand(
  { currentExe, subcommand }: Caller,
  canonicalPrefix: string,
  trailing: readonly string[],
  disableNetwork: boolean,
): ReexecCommand {
  const namespaces = disableNetwork ? [...common, "--net"] : common;
  return {
    program: "unshare",
    args: [...namespaces, "--", currentExe, subcommand, ...trailing],
    env: [
      [isolationVariables.flag, "1"],
      [isolationVariables.prefix, canonicalPrefix],
    ],
    cwd: null,
  };
}

const common: readonly string[] = ["--fork", "--pid", "--mount", "--uts", "--ipc"];
