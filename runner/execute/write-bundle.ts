/** Writes a bundle that a runtime really runs, from a request: for `cupel generate --bundle`. */
import { chmodSync, copyFileSync, lchownSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { CupelError } from "../../src/errors.ts";
import { printJson } from "../../src/json/print.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import type { Config, Mount } from "../../src/oci/config.ts";
import { memoryHost } from "../../src/suite/memory-host.ts";
import { configOperation } from "../../src/systems/main-operation.ts";
import type { BundlePlan, System } from "../../src/systems/system.ts";
import { realHost } from "../host/real-host.ts";
import { ensureParents, makeFixture, writeNew } from "./cell/fixtures.ts";
import { findToolbox, type Toolbox } from "./cell/toolbox.ts";
import { installHint } from "./jail/tools.ts";

/** What was written. */
export interface WrittenBundle {
  /** The command that runs it. */
  readonly argv: readonly string[];
  /** What was put in to make it run, and what stays to be done by hand: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Writes the bundle of `request` to `directory` (made here; it must not exist): everything the system itself makes,
 * placeholders for what its caller would supply, a static shell, and config.json. All or nothing.
 * Throws CupelError `bundle-exists` and what the operation throws.
 */
export async function writeBundle(
  system: System,
  request: Json,
  options: Json,
  directory: string,
): Promise<WrittenBundle> {
  const target = resolve(directory);
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) {
    throw new CupelError("bundle-exists", `${directory} exists already`, { hint: "name a new directory" });
  }
  const operation = system.operations[configOperation(system)];
  if (operation === undefined) throw new Error(`${system.name} has no config operation`);
  const { plan, request: used = request, options: placed } = system.bundlePlan(request, options, target);
  const config = operation.run(used, placed, memoryHost()) as unknown as Config;
  const toolbox = await findToolbox();
  const half = mkdtempSync(join(dirname(target), ".cupel-bundle-"));
  try {
    chmodSync(half, 0o755);
    const notes = fill(half, target, plan, config, toolbox);
    renameSync(half, target);
    performBefore(system, plan, target);
    const argv = ["runc", "run", "--bundle", plan.bundle, `cupel-${system.name}`];
    const console = config.process?.terminal === true ? ["the config asks for a terminal: run it from one"] : [];
    return { argv, notes: [...notes, ...console] };
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error;
  }
}

/** A system that stages what it mounts does so now. Throws what stops it; then nothing stays. */
function performBefore(system: System, { around }: BundlePlan, target: string): void {
  if (around === undefined) return;
  const { operation, request } = around.before;
  try {
    system.operations[operation]?.run(request, {}, realHost(target));
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  }
}

function fill(half: string, target: string, plan: BundlePlan, config: Config, toolbox: Toolbox): readonly string[] {
  const inside = (path: string): string => half + path.slice(target.length);
  const notes: string[] = [];
  for (const { path, type, mode, content, contentBase64, owner } of plan.entries) {
    makeFixture(half, {
      path: inside(path),
      type,
      ...(mode === undefined ? {} : { mode: mode.toString(8) }),
      ...(content === undefined ? {} : { content }),
      ...(contentBase64 === undefined ? {} : { contentBase64 }),
    });
    if (owner === undefined) continue;
    if (process.getuid?.() === 0) lchownSync(inside(path), owner.uid, owner.gid);
    else notes.push(`${path} has to belong to ${owner.uid}:${owner.gid}, the ids that root is mapped to`);
  }
  for (const input of plan.inputs) {
    makeFixture(half, { path: inside(input), type: "dir" });
    notes.push(`${input} is an empty directory in place of the input`);
  }
  const rootfs = inside(plan.rootfs);
  makeFixture(half, { path: `${rootfs}/bin`, type: "dir" });
  if (toolbox.kind !== "busybox") {
    throw new CupelError("no-static-shell", "A bundle that runs by itself needs a static busybox", {
      hint: installHint("busybox"),
      exit: 3,
    });
  }
  copyFileSync(toolbox.shell, `${rootfs}/bin/busybox`);
  chmodSync(`${rootfs}/bin/busybox`, 0o755);
  const mounts = (config.mounts ?? []).map((mount) => withSource(mount, half, target, toolbox, notes));
  if (!mounts.some(({ destination }) => destination === "/bin/sh")) {
    copyFileSync(toolbox.shell, `${rootfs}/bin/sh`);
    notes.push("the root file system holds a static shell as /bin/sh and /bin/busybox");
  }
  placeCommand(half, target, plan, { ...config, mounts }, notes);
  const document: Json = { ...(config as unknown as JsonObject), mounts: mounts as unknown as Json };
  makeFixture(half, { path: inside(plan.bundle), type: "dir" });
  writeNew(`${inside(plan.bundle)}/config.json`, printJson(document), 0o644);
  return notes;
}

/** A bind whose absolute source is not on this machine gets a placeholder below the bundle. */
function withSource(mount: Mount, half: string, target: string, toolbox: Toolbox, notes: string[]): Mount {
  const { source, destination } = mount;
  if (source === undefined || !isAbsolute(source) || source.startsWith(`${target}/`)) return mount;
  const binds =
    mount.type === "bind" || (mount.options ?? []).some((option) => option === "bind" || option === "rbind");
  if (!binds || lstatSync(source, { throwIfNoEntry: false }) !== undefined) return mount;
  const name = `placeholders${source}`;
  makeFixture(half, { path: `${half}/${dirname(name)}`, type: "dir" });
  if (destination === "/bin/sh") {
    copyFileSync(toolbox.shell, `${half}/${name}`);
    chmodSync(`${half}/${name}`, 0o755);
  } else {
    mkdirSync(`${half}/${name}`);
  }
  notes.push(`${source} is not on this machine: ${destination} shows ${target}/${name} instead`);
  return { ...mount, source: `${target}/${name}` };
}

/** A command that nothing supplies is a short script which says what it sees. */
function placeCommand(half: string, target: string, plan: BundlePlan, config: Config, notes: string[]): void {
  const command = config.process?.args?.[0];
  if (command === undefined || !isAbsolute(command)) return;
  const planned = hostPath(command, plan, config);
  if (!planned.startsWith(`${target}/`)) return; // a program of this machine, not ours to place
  const host = half + planned.slice(target.length);
  if (lstatSync(host, { throwIfNoEntry: false }) !== undefined) return;
  ensureParents(half, host);
  writeNew(host, placeholder, 0o755);
  notes.push(`${command} is a script of cupel's that says what it sees; put the real program in its place`);
}

/** Where a path of the cell lies on the host: below the last mount that holds it, else in the root file system. */
function hostPath(path: string, plan: BundlePlan, config: Config): string {
  const holder = (config.mounts ?? []).findLast(
    ({ destination, source }) => source !== undefined && path.startsWith(`${destination.replace(/\/$/, "")}/`),
  );
  if (holder?.source === undefined) return plan.rootfs + path;
  return resolve(plan.bundle, holder.source) + path.slice(holder.destination.replace(/\/$/, "").length);
}

const placeholder = `#!/bin/busybox sh
echo "cupel stands in for: $0 $*"
/bin/busybox id
echo "in $(/bin/busybox pwd), with these mounts:"
/bin/busybox awk '{ print "  " $5 " " $6 }' /proc/self/mountinfo
`;
