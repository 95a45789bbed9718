/** A runtime on this machine: found by name or path, its version asked, its command lines composed from its profile. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { CupelError } from "../../../src/errors.ts";
import type { Config } from "../../../src/oci/config.ts";
import type { Profile } from "../../../src/suite/profile.ts";
import { findTool, installHint, isExecutable, runtimeHint } from "../jail/tools.ts";
import { predicate } from "./profile-words.ts";
import { runBriefly } from "./run-briefly.ts";
import { notCarriedOut } from "./unshare/carries-out.ts";
import { unshareCommand, unshareHelpers } from "./unshare/unshare-command.ts";

/** Milliseconds a runtime may take to say its version. */
const versionTimeout = 30_000;

/** A runtime that was found. */
export interface Runtime {
  readonly profile: Profile;
  /** Absolute. */
  readonly path: string;
  /** The first dotted number it prints of itself. */
  readonly version: string;
}

/** Where one cell stands for its runtime. All absolute. */
export interface CellPaths {
  /** The runtime's own state directory. */
  readonly root: string;
  readonly log: string;
  readonly bundle: string;
  readonly id: string;
  /** Where the list of mounts stands, for the kind `unshare`. */
  readonly mounts: string;
}

/** What stands between a cell and a runtime that is not there. */
export interface MissingRuntime {
  readonly profile: Profile;
  readonly reason: string;
  readonly cure: string;
}

/**
 * The runtime of `profile`; `path` is what the user gave, `program` what the runtime calls itself. A runtime that the user
 * named and that is not there, or does not behave like one, throws {@link CupelError} (exit 2, and 3); one that is merely
 * absent is reported as missing.
 */
export async function findRuntime(
  profile: Profile,
  path?: string,
  program: string = profile.name,
): Promise<Runtime | MissingRuntime> {
  const found = path === undefined ? findTool(program) : path;
  const tools = profile.kind === "unshare" ? unshareHelpers : [];
  const lacking = found === undefined ? program : tools.find((tool) => findTool(tool) === undefined);
  if (found === undefined || lacking !== undefined) {
    const name = lacking ?? program;
    return {
      profile,
      reason: `${name} is not installed`,
      cure: lacking === program ? runtimeHint(name) : installHint(name),
    };
  }
  if (!found.startsWith("/") || !isExecutable(found)) {
    const problem = existsSync(found) ? `${found} is not an executable file` : `there is no file ${found}`;
    throw new CupelError("no-such-runtime", `--runtime ${program}=${found}: ${problem}`, {
      hint: `give the path of the program: --runtime ${program}=/usr/sbin/${program}`,
    });
  }
  return { profile, path: found, version: await askVersion(profile, found, program) };
}

/** The command that runs a cell. */
export function runCommand(runtime: Runtime, config: Config, paths: CellPaths): readonly string[] {
  if (runtime.profile.kind === "unshare") {
    return unshareCommand(runtime.path, config, resolve(paths.bundle, config.root?.path ?? ""), paths.mounts);
  }
  const flags = runtime.profile.flags.filter(({ when }) => when === undefined || predicate(when, config));
  const extra = flags.flatMap(({ args }) => args);
  const words = fill(runtime.profile.run, runtime, paths);
  return extra.length === 0 ? words : [...words.slice(0, 1), ...extra, ...words.slice(1)];
}

/** Why the runtime cannot carry out `config`, as far as that is known without trying; undefined when it may. */
export function whyNotRun({ profile }: Runtime, config: Config): string | undefined {
  return profile.kind === "unshare" ? notCarriedOut(config) : undefined;
}

/** The command that kills a cell with SIGKILL. Empty where killing its processes is all there is. */
export function killCommand(runtime: Runtime, paths: CellPaths): readonly string[] {
  return fill(runtime.profile.kill, runtime, paths);
}

/** The command that removes what a killed cell left in the runtime's state. Empty where there is no state. */
export function deleteCommand(runtime: Runtime, paths: CellPaths): readonly string[] {
  return fill(runtime.profile.delete, runtime, paths);
}

/** The command by which the runtime says what it can do, with a state directory of its own. Empty where it is not asked. */
export function featuresCommand({ profile, path }: Runtime, root: string): readonly string[] {
  return (profile.features ?? []).map((word) => (word === "{runtime}" ? path : word === "{root}" ? root : word));
}

function fill(words: readonly string[], runtime: Runtime, paths: CellPaths): readonly string[] {
  const tokens: { readonly [token: string]: string } = { "{runtime}": runtime.path, ...braced(paths) };
  return words.map((word) => (Object.hasOwn(tokens, word) ? (tokens[word] ?? word) : word));
}

function braced(paths: CellPaths): { readonly [token: string]: string } {
  return { "{root}": paths.root, "{log}": paths.log, "{bundle}": paths.bundle, "{id}": paths.id };
}

async function askVersion({ versionArgs }: Profile, path: string, program: string): Promise<string> {
  const { status, stdout, problem } = await runBriefly([path, ...versionArgs], versionTimeout);
  const version = new RegExp(`${program}\\b[^0-9]*([0-9]+(?:[.~][0-9]+)*)`, "i").exec(stdout)?.[1];
  if (status === 0 && version !== undefined) return version;
  const asked = versionArgs.join(" ");
  const said = problem ?? `exit ${status}, printed ${JSON.stringify(stdout.slice(0, 80))}`;
  throw new CupelError("not-a-runtime", `${path} does not behave like ${program}: asked ${asked}: ${said}`, {
    hint: `expected ${program} and a version; give the path of the real program: --runtime ${program}=PATH`,
    exit: 3,
  });
}
