/** What a system is: its operations and where its facts come from. */
import type { Json } from "../json/value.ts";
import type { Host } from "./host.ts";

/**
 * What an operation touches: nothing; files of the {@link Host}; or namespaces of the kernel as well (then it runs only in
 * the jail).
 */
export type Effects = "none" | "files" | "namespace";

/**
 * One operation: request and options (JSON, already known to fit their types) to a JSON value.
 * Throws {@link ./rejection.ts | Rejection} where upstream refuses.
 */
export interface Operation {
  readonly effects: Effects;
  /** What it touches with these options, where that depends on them. */
  readonly effectsWith?: (options: Json) => Effects;
  /** What it does, for `list` and `explain`. */
  readonly title: string;
  /**
   * Refuses what does not fit the types, with a pointer to the field, then runs.
   * Throws {@link ./misfit.ts | Misfit} or {@link ./rejection.ts | Rejection}.
   */
  run(request: Json, options: Json, host: Host): Json;
}

/** What `operation` touches when it is given `options`. */
export function effectsOf(operation: Pick<Operation, "effects" | "effectsWith">, options: Json): Effects {
  return operation.effectsWith?.(options) ?? operation.effects;
}

/** One recorded version of the upstream program. */
export interface Revision {
  /** What `options.revision` and a case's `revisions` call it. */
  readonly id: string;
  readonly commit: string;
  /** ISO date of the commit. */
  readonly date: string;
}

/** A mount source, link or scratch directory that must be on disk before a cell of this system starts. */
export interface BundleEntry {
  readonly path: string;
  readonly type: "dir" | "file";
  /** Permission bits; 0755 for directories and 0644 for files when absent. */
  readonly mode?: number;
  readonly content?: string;
  readonly contentBase64?: string;
  /** Whose it is on the host; whoever makes the bundle when absent. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** How a request becomes a directory that a runtime can run. Pure: it only says what must be there. */
export interface BundlePlan {
  /** Absolute path of the bundle directory (it holds config.json). */
  readonly bundle: string;
  /** Absolute path of the root file system. */
  readonly rootfs: string;
  /** Directories and files the system itself makes, parents first. */
  readonly entries: readonly BundleEntry[];
  /** Inputs the caller has to supply: absolute paths below the bundle; they are directories unless fixtures say otherwise. */
  readonly inputs: readonly string[];
  /** What the build promised to leave: the path inside the cell, and where the system then finds it on the host. */
  readonly outputs: readonly { readonly inside: string; readonly outside: string }[];
  /** What the system itself does to the files around a cell, as operations of its own. */
  readonly around?: {
    /** Before the cell starts, when everything else is there. */
    readonly before: PlannedOperation;
    /** When the cell has ended, by how its command did. */
    readonly afterSuccess: PlannedOperation;
    readonly afterFailure: PlannedOperation;
  };
  /** What is to be there, or gone, when all that is done after a command that succeeded. */
  readonly afterwards?: readonly { readonly path: string; readonly is: "kept" | "removed" }[];
}

/** An operation of a system with its request. */
export interface PlannedOperation {
  readonly operation: string;
  readonly request: Json;
}

/** A plan, with request and options as they are to be used with it. */
export interface PlacedBundle {
  readonly plan: BundlePlan;
  /** The request with its host paths in their place; the one that was given when absent. */
  readonly request?: Json;
  readonly options: Json;
  /** Values that stand in the config for a reason that neither request nor options show, with what stood there before. */
  readonly explains?: readonly { readonly before: Json; readonly after: Json }[];
}

/** One of the systems. */
export interface System {
  readonly name: string;
  /** Name and place of the upstream project, for people. */
  readonly upstream: { readonly project: string; readonly url: string };
  /** Newest first; the first one is what an absent `options.revision` means. */
  readonly revisions: readonly Revision[];
  /** Own properties only (no prototype). */
  readonly operations: { readonly [name: string]: Operation };
  /**
   * Only of a system that has no OCI config of its own: the operation that is its main one, and the operation of ours that
   * says in a config what its cells promise. Both are `config` when absent; see ./main-operation.ts.
   */
  readonly instead?: { readonly main: string; readonly config: string };
  /** Dotted names of the options that come from the machine, e.g. `host.uid`. */
  readonly hostFacts: readonly string[];
  /** A small request and options of which `config` (and the main operation, where that is another) is a sensible example. */
  readonly example: { readonly request: Json; readonly options: Json };
  /**
   * What must be on disk around the config of `config` so that it runs below `directory` (absolute).
   * `options` that name directories of the system are filled in and given back.
   */
  bundlePlan(request: Json, options: Json, directory: string): PlacedBundle;
}
