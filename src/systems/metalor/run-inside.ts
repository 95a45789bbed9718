/** What happens in the namespaces: mounts, a change of root, and the command. Fact sheet: upstream src/runtime/linux.rs, section 11, in its order. */
import { compareUtf8 } from "../../bytes/order.ts";
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { joinPath } from "../../rust/path.ts";
import { type Host, HostError, type LaunchResult, type Namespaces } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { displayIoError } from "../rust-io-error.ts";
import { attempt } from "./attempt.ts";
import { binfmtRuleName, qemuRegistration } from "./emulator.ts";
import { findProgram } from "./find-program.ts";
import { findInRoot } from "./in-root.ts";
import { leadsTo } from "./leads-to.ts";
import { makeDirectories } from "./make-directories.ts";
import { hasMountCovering } from "./mounts.ts";
import { prepareMountTarget } from "./prepare-mount-target.ts";
import { runTool } from "./run-tool.ts";
import type { ContainerRunCommand, Limits } from "./spec.ts";

/** What is run, and how. */
export interface InsideRun {
  readonly command: ContainerRunCommand;
  /** Whether the network's configuration is mounted. */
  readonly network: boolean;
  readonly limits: Limits;
  /** Which of {@link hostFiles} there are; looked at when absent. */
  readonly hostFiles?: readonly string[];
}

/** Files of the host that are shown in a root where nothing else takes their place. */
export const hostFiles: readonly string[] = [
  "/etc/resolv.conf",
  "/dev/null",
  "/dev/zero",
  "/dev/random",
  "/dev/urandom",
];

/** Runs the command; `wrote` gets what it writes. Throws {@link Rejection} unless it ends with 0; what is made by then stays. */
export function runInside(host: Host, { command, ...run }: InsideRun, wrote: (result: LaunchResult) => void): void {
  const { root, emulator } = command;
  const { namespaces } = host;
  if (namespaces === undefined) throw new Error("A command is run by a host that has namespaces");
  attempt(undefined, root, () => makeDirectories(host.files, root));
  for (const mount of command.mounts) bindOne(host, root, mount);
  mountKernelFiles(host, root, emulator !== null);
  for (const path of hostFiles) {
    if (path === "/etc/resolv.conf" && !run.network) continue;
    if (hasMountCovering(command, path) || !isThere(host, run, path)) continue;
    const target = targetOf(host, root, path, false, "container auto-mount target");
    runTool(host.tools, `bind ${path} for container command`, ["mount", "--bind", path, target]);
  }
  const rule = emulator === null ? undefined : register(host, root, emulator);
  try {
    launch(host, namespaces, command, run.limits, wrote);
  } catch (error) {
    if (rule !== undefined && error instanceof Rejection) unregister(host, root, rule, true);
    throw error;
  }
  if (rule !== undefined) unregister(host, root, rule, false);
}

function isThere({ files }: Host, run: Pick<InsideRun, "hostFiles">, path: string): boolean {
  return run.hostFiles === undefined ? leadsTo(files, path) : run.hostFiles.includes(path);
}

function bindOne(
  host: Host,
  root: string,
  { source, destination, readOnly }: ContainerRunCommand["mounts"][number],
): void {
  const missing = `missing bind mount source ${source}`;
  const isDirectory = attempt(missing, source, () => host.files.stat(source).type === "dir");
  const target = targetOf(host, root, destination, isDirectory, "container mount destination");
  runTool(host.tools, `bind mount ${source} to ${target}`, ["mount", "--bind", source, target]);
  if (!readOnly) return;
  runTool(host.tools, `remount ${target} read-only`, ["mount", "-o", "remount,bind,ro", target]);
}

function targetOf(host: Host, root: string, destination: string, expectDirectory: boolean, context: string): string {
  return prepareMountTarget(host, { root, destination, expectDirectory, context });
}

/** These places are not checked for links. */
function mountKernelFiles({ files, tools }: Host, root: string, hasEmulator: boolean): void {
  const proc = joinPath(root, "proc");
  attempt(undefined, proc, () => makeDirectories(files, proc));
  runTool(tools, "mount proc for container command", ["mount", "-t", "proc", "proc", proc]);
  if (!hasEmulator) return;
  const binfmt = binfmtIn(root);
  attempt(undefined, binfmt, () => makeDirectories(files, binfmt));
  const mount = ["mount", "-t", "binfmt_misc", "binfmt_misc", binfmt];
  runTool(tools, "mount binfmt_misc for container command", mount);
}

function binfmtIn(root: string): string {
  return joinPath(root, "proc/sys/fs/binfmt_misc");
}

/** Gives the name of the rule. */
function register({ files, process }: Host, root: string, emulator: string): string {
  const rule = binfmtRuleName(emulator, process.pid);
  const line = inContext(() => qemuRegistration(rule, emulator));
  const path = joinPath(binfmtIn(root), "register");
  const failure = "failed to register private binfmt_misc handler for foreign-arch command";
  attempt(failure, path, () => files.writeFile(path, encodeUtf8(line)));
  return rule;
}

/** Upstream gives its text twice: as what was tried, and as the cause. */
function inContext(step: () => string): string {
  try {
    return step();
  } catch (error) {
    if (error instanceof Rejection) throw new Rejection(error.code, `${error.message}: ${error.message}`);
    throw error;
  }
}

/** A failure of the command stands above one here. */
function unregister({ files }: Host, root: string, rule: string, failed: boolean): void {
  const path = joinPath(binfmtIn(root), rule);
  if (!leadsTo(files, path)) return;
  const shown = `/proc/sys/fs/binfmt_misc/${rule}`;
  try {
    const failure = `failed to unregister private binfmt_misc handler ${shown}`;
    attempt(failure, path, () => files.writeFile(path, encodeUtf8("-1")));
  } catch (error) {
    if (!failed || !(error instanceof Rejection)) throw error;
  }
}

function launch(
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
    if (wanted.some(({ resource, value }) => resource === "as" && value < leastMemory)) {
      throw new Rejection("no-memory", "Cannot allocate memory (os error 12)");
    }
    if ([executable, ...argv].some((word) => word.includes("\0"))) {
      throw new Rejection("nul-in-argument", "nul byte found in provided data");
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

/** The limit binds upstream's helper too, whose own memory is more than this many bytes. */
const leastMemory = 4 * 1024 * 1024;

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
