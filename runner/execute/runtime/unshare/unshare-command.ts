/**
 * The runtime `unshare`: cells of metalor as metalor itself makes them, from the config that says what they promise. One
 * unshare(1) for the namespaces, mount(8) for the mounts, prlimit(1) for the limits, which so bind the cell alone, and a
 * second unshare(1) that changes the root and the working directory and executes the command, without a shell in the cell.
 * Unlike upstream it ends the cell when unshare itself is killed (--kill-child).
 */
import { fileURLToPath } from "node:url";
import type { Config } from "../../../../src/oci/config.ts";
import { namespaceFiles } from "../../../../src/oci/vocabulary.ts";
import { needTool } from "../../jail/tools.ts";

/** The tools beside unshare(1) itself. */
export const unshareHelpers: readonly string[] = ["sh", "mount", "env", "prlimit"];

/** Where sequence.sh stands. */
export const sequenceScript: string = fileURLToPath(new URL("./sequence.sh", import.meta.url));

/**
 * The command that runs `config`: `unshare` is the absolute path of the tool, `root` of the root file system, `list` of the
 * list of mounts. Everything that the config does not speak of is inherited. Throws CupelError `missing-tool`.
 */
export function unshareCommand(unshare: string, config: Config, root: string, list: string): readonly string[] {
  const { user, env = [], args = [], cwd = "/" } = config.process ?? { cwd: "/" };
  const uid = Number(user?.uid ?? 0);
  const gid = Number(user?.gid ?? 0);
  return [
    ...[unshare, "--fork", "--kill-child=KILL", ...namespaceFlags(config), "--propagation", "private", "--"],
    ...[needTool("sh"), sequenceScript, needTool("mount"), root, list],
    ...[needTool("env"), "-i", ...env],
    ...limits(config),
    ...[unshare, "--root", root, "--wd", cwd],
    ...(uid === 0 && gid === 0 ? [] : ["--setgid", String(gid), "--setuid", String(uid)]),
    ...["--", ...args],
  ];
}

/** One flag for each namespace; the maps of a user namespace are those of its one user. */
function namespaceFlags({ linux }: Config): readonly string[] {
  const types = (linux?.namespaces ?? []).map(({ type }) => type);
  const flags = types.map((type) => `--${namespaceFiles[type] === "mnt" ? "mount" : (namespaceFiles[type] ?? type)}`);
  return types.includes("user") ? [...flags, "--map-root-user"] : flags;
}

/** `RLIMIT_CPU` is `--cpu=SOFT:HARD`; of a type that stands twice the last one counts. */
function limits({ process }: Config): readonly string[] {
  const rlimits = process?.rlimits ?? [];
  if (rlimits.length === 0) return [];
  const words = rlimits.map(
    ({ type, soft, hard }) => `--${type.slice("RLIMIT_".length).toLowerCase()}=${soft}:${hard}`,
  );
  return [needTool("prlimit"), ...words];
}
