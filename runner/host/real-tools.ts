/** Programs of the machine for operations. */
import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import { HostError, refusedForSafety, type Tools } from "../../src/systems/host.ts";
import { exactly, findTool, minimalEnvironment } from "../execute/jail/tools.ts";
import { call } from "./system-call.ts";

/** What a tool may write to each stream, bytes, and how long it may take, milliseconds. */
const mostOutput = 64 * 1024 * 1024;
const longest = 600_000;

/**
 * The tools of these `names` and no others, found in the usual places. They work and keep their temporary files in the first
 * of the directories `roots`. Mounts are made only below these, of what lies below these or is in a short list.
 */
export function realTools(roots: readonly string[], names: readonly string[]): Tools {
  const [directory = "/"] = roots;
  return {
    run: ([name = "", ...args], options = {}) => {
      const program = names.includes(name) ? findTool(name, "") : undefined;
      if (program === undefined) throw new HostError("ENOENT", name);
      if (name === "mount") refuseStrangeMount(roots, args);
      else refuseStrangeOutput(roots, args);
      const environment = Object.entries({ ...minimalEnvironment, HOME: directory, TMPDIR: directory });
      const [first = "", ...words] = [...exactly(environment), program, ...args];
      const { status, signal, stdout, stderr, error } = spawnSync(first, words, {
        cwd: options.cwd ?? directory,
        env: {},
        stdio: ["pipe", "pipe", "pipe"],
        maxBuffer: mostOutput,
        timeout: longest,
        killSignal: "SIGKILL",
      });
      if (error !== undefined) call(name, () => rethrow(error));
      return { status: status ?? (signal === null ? 255 : 137), stdout, stderr };
    },
  };
}

function rethrow(error: Error): never {
  throw error;
}

/** Files of the machine that may be shown in a cell. */
const shown: readonly string[] = ["/etc/resolv.conf", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

/** Whoever is in the cell has the rights of root over what is mounted there. */
function refuseStrangeMount(roots: readonly string[], args: readonly string[]): void {
  const target = args.at(-1) ?? "";
  if (!isBelow(roots, target))
    throw refusedForSafety(`${target} is to be mounted on, outside of the directories of this operation`);
  const source = args[1] ?? "";
  if (args[0] !== "--bind" || shown.includes(source) || isBelow(roots, source)) return;
  throw refusedForSafety(`${source} is to be mounted, from outside of the directories of this operation`);
}

/** What skopeo and umoci make is named last, as a path or as `oci:PATH:image`; it need not be there yet. */
function refuseStrangeOutput(roots: readonly string[], args: readonly string[]): void {
  const made = (args.at(-1) ?? "").replace(/^oci:(.*):image$/s, "$1");
  if (isAbsolute(made) && isBelow(roots, dirname(made))) return;
  throw refusedForSafety(`${made} is to be made, outside of the directories of this operation`);
}

function isBelow(roots: readonly string[], path: string): boolean {
  const real = call(path, () => realpathSync.native(path));
  return roots.some((root) => real === root || real.startsWith(`${root}/`));
}
