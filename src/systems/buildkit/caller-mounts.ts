/** The mounts that a step asks for, opened and made available. Fact sheet: upstream executor/oci/spec.go. */
import { Rejection } from "../rejection.ts";
import type { MountEntry } from "./base-mounts.ts";
import type { MountSource, SourceMount, StepMount } from "./mount-request.ts";
import { mountsOf } from "./mount-sources.ts";
import type { SelectPart } from "./selectors.ts";

/** What is seen of the sources while they are used, in order. */
export type Events = string[];

/** Mounts for the document, and how the sources are let go of. */
export interface OpenMounts {
  readonly entries: readonly MountEntry[];
  /** Releases every source in order. Throws {@link Rejection} `nil-release` where one gave no function for it. */
  release(): void;
}

/**
 * Opens `mounts` one by one, in order, and says in `events` what it does to them. Throws {@link Rejection} for a mount without
 * a source, which leaves the ones before it open, and for one that fails, after releasing those.
 */
export function openMounts(mounts: readonly StepMount[], select: SelectPart, events: Events): OpenMounts {
  const entries: MountEntry[] = [];
  const releases: (() => void)[] = [];
  const release = (): void => {
    for (const each of releases) each();
  };
  for (const { dest, readonly = false, selector = "", src } of mounts) {
    if (src === undefined || src === null) throw new Rejection("no-source", `mount ${dest} has no source`);
    try {
      open(src, dest, readonly, events);
      releases.push(releaseOf(src, dest, events));
      for (const mount of mountsOf(src, readonly)) entries.push(entryOf(dest, select(mount, selector)));
    } catch (error) {
      if (error instanceof Rejection) release();
      throw error;
    }
  }
  return { entries, release };
}

function open(
  { kind, mountError = "", mountableError = "" }: MountSource,
  dest: string,
  readonly: boolean,
  events: Events,
) {
  events.push(`open ${dest} readonly=${readonly}`);
  if (mountError !== "") throw new Rejection("source-failed", `failed to mount ${dest}: ${mountError}`);
  if (kind === "tmpfs") return; // it tells nothing more of itself
  events.push(`mount ${dest}`);
  if (mountableError !== "") throw new Rejection("mountable-failed", mountableError);
}

function releaseOf({ kind, noRelease = false }: MountSource, dest: string, events: Events): () => void {
  if (kind === "tmpfs") return () => {};
  if (!noRelease) return () => events.push(`release ${dest}`);
  return () => {
    throw new Rejection("nil-release", "runtime error: invalid memory address or nil pointer dereference", "panic");
  };
}

/** Blank and empty parts are left out of the document. */
function entryOf(destination: string, { type = "", source = "", options }: SourceMount): MountEntry {
  return {
    destination,
    ...(type === "" ? {} : { type }),
    ...(source === "" ? {} : { source }),
    ...(options === undefined || options === null || options.length === 0 ? {} : { options }),
  };
}
