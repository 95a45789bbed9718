/** Makes the directory of a cell: the system's own files, the case's fixtures, the probe, and config.json last. */
import { chmodSync, constants, copyFileSync, lchownSync, lstatSync } from "node:fs";
import { CupelError } from "../../../src/errors.ts";
import { printJson } from "../../../src/json/print.ts";
import { isArray, isObject, type Json } from "../../../src/json/value.ts";
import type { Tree } from "../../../src/suite/case.ts";
import type { BundlePlan } from "../../../src/systems/system.ts";
import { ensureDirectory, makeFixture, writeNew } from "./fixtures.ts";
import { placeToolbox, type Toolbox } from "./toolbox.ts";

/** What a cell's directory is made of. */
export interface Staging {
  /** Absolute; made here. */
  readonly directory: string;
  readonly bundle: BundlePlan;
  readonly request: Json;
  /** Paths already filled in. */
  readonly fixtures: Tree;
  /** What the runtime gets to read. */
  readonly config: Json;
  readonly toolbox: Toolbox;
  /** Text of the step, without its first line. */
  readonly step: string;
  /** Content of the files in /.cupel/ of the root file system. */
  readonly probe: {
    readonly questions: string;
    readonly token: string;
    /** What tells the jail from elsewhere: its mount namespace, and the release of its kernel. */
    readonly jail: { readonly mounts: string; readonly kernel: string };
    readonly calls?: Uint8Array;
    /** Whether the step waits at its end until the host has looked at it. */
    readonly hold: boolean;
  };
}

/** Makes everything that stands in `staging`. Throws CupelError `bad-fixture`, or what the file system says. */
export function stageCell(staging: Staging): void {
  const { directory, bundle } = staging;
  ensureDirectory(directory, 0o711);
  for (const entry of bundle.entries) {
    makeFixture(directory, {
      path: entry.path,
      type: entry.type,
      ...(entry.mode === undefined ? {} : { mode: entry.mode.toString(8) }),
      ...(entry.content === undefined ? {} : { content: entry.content }),
      ...(entry.contentBase64 === undefined ? {} : { contentBase64: entry.contentBase64 }),
    });
    if (entry.owner !== undefined) lchownSync(entry.path, entry.owner.uid, entry.owner.gid);
  }
  makeFixture(directory, { path: bundle.rootfs, type: "dir" });
  placeToolbox(staging.toolbox, bundle.rootfs);
  placeProbe(staging);
  if (namesShell(staging.config, `${directory}/shell`) || mentions(staging.request, `${directory}/shell`)) {
    copyFileSync(staging.toolbox.shell, `${directory}/shell`, constants.COPYFILE_EXCL);
    chmodSync(`${directory}/shell`, 0o755);
  }
  makeFixture(directory, { path: bundle.bundle, type: "dir" });
  writeNew(`${bundle.bundle}/config.json`, printJson(staging.config), 0o644);
  // Last, so that no link among them stands where anything of ours is written.
  for (const fixture of staging.fixtures) {
    if (fixture.type === "symlink" && fixture.path.startsWith(`${bundle.bundle}/`)) {
      throw new CupelError("bad-fixture", `${fixture.path}: a link in the bundle could lead a mount over the step`);
    }
    makeFixture(directory, fixture);
  }
  for (const input of bundle.inputs) makeInput(directory, input);
}

/** An input that no fixture gave is a directory with one file. */
function makeInput(directory: string, path: string): void {
  try {
    lstatSync(path);
  } catch {
    makeFixture(directory, { path: `${path}/from-cupel`, type: "file", content: "input\n" });
  }
}

function placeProbe({ bundle, toolbox, step, probe }: Staging): void {
  const own = `${bundle.rootfs}/.cupel`;
  ensureDirectory(own, 0o755);
  ensureDirectory(`${bundle.rootfs}/cupel`, 0o755);
  writeNew(`${own}/marker`, "cupel\n", 0o644);
  writeNew(`${own}/jail`, `${probe.jail.mounts}\n${probe.jail.kernel}\n`, 0o644);
  writeNew(`${own}/token`, `${probe.token}\n`, 0o644);
  writeNew(`${own}/questions`, probe.questions, 0o644);
  if (probe.hold) writeNew(`${own}/hold`, "", 0o644);
  if (probe.calls !== undefined) writeNew(`${own}/calls`, probe.calls, 0o755);
  writeNew(`${bundle.rootfs}/cupel/step`, toolbox.interpreter + step, 0o755);
}

/** A system that copies its inputs mounts the copy. */
function mentions(value: Json, text: string): boolean {
  if (isArray(value)) return value.some((item) => mentions(item, text));
  return isObject(value) ? Object.values(value).some((item) => mentions(item, text)) : value === text;
}

/** A static shell stands at {{cell}}/shell of every cell that mounts that path. */
function namesShell(config: Json, path: string): boolean {
  const mounts = isObject(config) ? config["mounts"] : undefined;
  return isArray(mounts) && mounts.some((mount) => isObject(mount) && mount["source"] === path);
}
