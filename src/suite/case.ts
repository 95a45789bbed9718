/** The shapes of a table of cases: cases/<system>/<area>.json. */
import type { Json } from "../json/value.ts";

/** One file system entry. Paths are absolute below `{{tmp}}` or `{{cell}}` (snix `bundle`: relative to the bundle). */
export interface TreeEntry {
  readonly path: string;
  readonly type: "dir" | "file" | "symlink" | "fifo";
  /** Octal text, e.g. "755". Defaults: 755 for directories, 644 for files. */
  readonly mode?: string;
  /** UTF-8 content of a file. */
  readonly content?: string;
  readonly contentBase64?: string;
  /** Of a symlink. */
  readonly target?: string;
}

/** A file tree, parents before children. */
export type Tree = readonly TreeEntry[];

/** What a case expects of its operation. */
export type Expectation =
  | "golden"
  | { readonly value: Json }
  | { readonly rejects: string }
  | { readonly rejectsPrefix: string };

/** RFC 7396 merge patch over `{ request, options }`. */
export interface RunPatch {
  readonly request?: Json;
  readonly options?: Json;
}

/** How a case is executed as a cell. */
export interface Run {
  /** Applied to request and options; may hold the tokens {{cell}} {{uid}} {{gid}} {{subuid}} {{subgid}}. */
  readonly with?: RunPatch;
  /** Files made before the cell starts, below {{cell}}. */
  readonly fixtures?: Tree;
  /** Who runs the runtime; "privileged" when absent. */
  readonly caller?: "privileged" | "unprivileged";
}

/** Where an expectation comes from. */
export interface Recorded {
  readonly from: "executed" | "upstream-tests" | "ours";
  readonly commit?: string;
}

/** What a case may need of the machine. */
export type Need = "root" | "user-namespace" | "linux";

/** One row of the table. */
export interface Case {
  /** Unique within its table, /^[a-z0-9][a-z0-9-]*$/. */
  readonly id: string;
  /** States the expectation. */
  readonly title: string;
  readonly why?: string;
  readonly refs?: readonly string[];
  readonly tags?: readonly string[];
  readonly revisions?: readonly string[];
  readonly operation: string;
  readonly request: Json;
  readonly options?: Json;
  readonly given?: Tree;
  readonly expect: Expectation;
  /** What is below {{tmp}} afterwards, also after a rejection. */
  readonly leaves?: Tree;
  /** Pointers to lists whose order upstream leaves to chance; compared sorted. See src/suite/normalise.ts. */
  readonly normalised?: readonly string[];
  readonly class?: string;
  /** Closed-world findings (codes) this config is known to have. */
  readonly invalid?: readonly string[];
  readonly holds?: readonly string[];
  readonly lacks?: readonly string[];
  readonly deviates?: { readonly why: string };
  readonly needs?: readonly Need[];
  readonly recorded: Recorded;
  readonly run?: Run;
}

/** One file of cases. */
export interface Table {
  readonly $schema?: string;
  readonly system: string;
  readonly area: string;
  /** What goes wrong for users if this area breaks. */
  readonly why: string;
  readonly cases: readonly Case[];
}

/** The full id of a case: `<system>/<area>/<id>`. */
export type CaseId = string;

/** A case with its table's words and full id. */
export interface PlacedCase extends Case {
  readonly system: string;
  readonly area: string;
  readonly fullId: CaseId;
  readonly areaWhy: string;
}
