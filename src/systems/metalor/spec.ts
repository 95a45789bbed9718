/** What a cell is asked for. Fact sheet: upstream src/runtime/portable.rs and linux.rs, whose fields these are in camelCase. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { text, u64 } from "./fields.ts";

/** One cell: a workspace, what is copied in and out, and one command. No path is checked or tidied when it is read. */
export interface BuildCellSpec {
  /** Host directory that becomes the root. */
  readonly root: string;
  /** Host directory for the stage; wiped at the start. */
  readonly scratch: string;
  /** Where in the cell the workspace appears. */
  readonly workspacePath: string;
  readonly workspaceSeed: WorkspaceSeed;
  /** Copied in, shown read-only. */
  readonly imports: readonly Binding[];
  /** Copied in, shown writable, copied back at the end. */
  readonly caches: readonly Binding[];
  /** Copied out at the end: `source` is in the cell, `destination` on the host. */
  readonly exports: readonly Binding[];
  readonly command: CellCommand;
  /** The complete environment, in order, duplicates allowed. */
  readonly env: Environment;
  readonly network: "Enabled" | "Disabled";
  readonly limits: Limits;
  /** When the stage is kept. */
  readonly cleanup: "Always" | "PreserveOnFailure" | "Never";
}

/** The content that a workspace starts with: nothing, the copy of a host directory, or what a host archive holds. */
export type WorkspaceSeed = "Empty" | { readonly SnapshotDir: string } | { readonly Archive: string };

/** A place on the host and one in the cell. */
export interface Binding {
  readonly source: string;
  readonly destination: string;
}

/** The command of a cell; `argv` is without the name of the program. */
export interface CellCommand {
  readonly cwd: string;
  readonly executable: string;
  readonly argv: readonly string[];
}

/** Names and values. */
export type Environment = readonly (readonly [name: string, value: string])[];

/** Limits of a cell, `null` for none. 0 is a limit. */
export interface Limits {
  readonly cpuTimeSeconds: number | bigint | null;
  readonly memoryBytes: number | bigint | null;
  readonly maxProcesses: number | bigint | null;
}

/** What is run in a root in the end. */
export interface ContainerRunCommand {
  readonly root: string;
  readonly cwd: string;
  readonly mounts: readonly BindMount[];
  readonly env: Environment;
  /** Path in the root of the emulator for a foreign architecture. */
  readonly emulator: string | null;
  readonly executable: string;
  readonly argv: readonly string[];
}

/** A host path shown at a place in the root. */
export interface BindMount extends Binding {
  readonly readOnly: boolean;
}

const binding = closed({ source: text, destination: text });
const bindings = v.optional(v.array(binding), []);
const texts = v.array(text);
const env = v.array(v.strictTuple([text, text]));
const limit = v.optional(v.nullable(u64), null);

/** Limits as JSON has them. */
export const limitsSchema: v.GenericSchema<unknown, Limits> = closed({
  cpuTimeSeconds: limit,
  memoryBytes: limit,
  maxProcesses: limit,
});

// Decided by the one key, so that a misfit names the field and not the whole seed.
const snapshot = closed({ SnapshotDir: text });
const archive = closed({ Archive: text });
const seed: v.GenericSchema<unknown, WorkspaceSeed> = v.lazy((value) => {
  if (typeof value !== "object" || value === null) return v.literal("Empty");
  return Object.hasOwn(value, "Archive") ? archive : snapshot;
});

const wholeSpec = closed({
  root: text,
  scratch: text,
  workspacePath: text,
  workspaceSeed: seed,
  imports: bindings,
  caches: bindings,
  exports: bindings,
  command: closed({ cwd: text, executable: text, argv: v.optional(texts, []) }),
  env: v.optional(env, []),
  network: v.optional(v.picklist(["Enabled", "Disabled"]), "Enabled"),
  limits: v.optional(limitsSchema, {}),
  cleanup: v.optional(v.picklist(["Always", "PreserveOnFailure", "Never"]), "Always"),
});

const wholeCommand = closed({
  root: text,
  cwd: text,
  mounts: v.array(closed({ source: text, destination: text, readOnly: v.boolean() })),
  env,
  emulator: v.nullable(text),
  executable: text,
  argv: texts,
});

true satisfies Same<BuildCellSpec, v.InferOutput<typeof wholeSpec>>;
true satisfies Same<ContainerRunCommand, v.InferOutput<typeof wholeCommand>>;

/** A cell as JSON has it; what upstream's own reader gives a default may be left out. */
export const specSchema: v.GenericSchema<unknown, BuildCellSpec> = wholeSpec;

const specRequest = closed({ spec: specSchema });

/** The cell of a request `{ spec }`. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readSpecRequest(request: Json): BuildCellSpec {
  return fit(specRequest, request, "/request").spec;
}

/** A command as JSON has it. */
export const commandSchema: v.GenericSchema<unknown, ContainerRunCommand> = wholeCommand;
