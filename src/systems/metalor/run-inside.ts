/** What happens in the namespaces: mounts, a change of root, and the command. Fact sheet: upstream src/runtime/linux.rs, section 11, in its order. */
import { encodeUtf8 } from "../../bytes/utf8.ts";
import { joinPath } from "../../rust/path.ts";
import type { Host, LaunchResult } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { attempt } from "./attempt.ts";
import { binfmtRuleName, qemuRegistration } from "./emulator.ts";
import { launchCommand } from "./launch-command.ts";
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
    launchCommand(host, namespaces, command, run.limits, wrote);
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
