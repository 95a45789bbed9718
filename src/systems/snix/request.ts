/** What a build asks of the sandbox. Fact sheet: upstream build/src/buildservice/build_request.rs, in camelCase. */
import type { U64 } from "./fields.ts";

/** What every form of the request has. A member that the JSON leaves out is empty. */
export interface RequestBase {
  readonly commandArgs: readonly string[];
  /** Below the root of the cell, as all paths here. */
  readonly workingDir: string;
  /** Writable directories. */
  readonly scratchPaths: readonly string[];
  /** Where the inputs appear. */
  readonly inputsDir: string;
  /** What the build leaves. */
  readonly outputs: readonly string[];
  readonly environmentVars: readonly EnvironmentVar[];
  /** A set; `null` when the message has none. */
  readonly constraints: Constraints | null;
  /** Files put into the cell beforehand. */
  readonly additionalFiles: readonly AdditionalFile[];
  /** Byte strings to look for in the outputs. */
  readonly refscanNeedles: readonly string[];
}

/** The request of `config`: of the inputs only the names matter, as a set. */
export interface BuildRequest extends RequestBase {
  readonly inputs: readonly InputName[];
}

/** The request of `bundle`. */
export interface BundleRequest extends BuildRequest {
  /** Files that stand in the bundle directory before the bundle is made. */
  readonly preexisting: readonly PreexistingFile[];
}

/** The request of `validate`: a message as it comes over the wire, in message order. */
export interface WireRequest extends RequestBase {
  readonly inputs: readonly WireInput[];
}

/** The name of an input, in base64 where it is not UTF-8. */
export type InputName = string | { readonly name?: string; readonly nameBase64?: string };

/** A variable; without `value` and `valueBase64` its value is empty. */
export interface EnvironmentVar {
  readonly key: string;
  readonly value?: string;
  readonly valueBase64?: string;
}

/** Conditions on the build; a member that is absent (or `false`) is not in the set. */
export interface Constraints {
  /** Such as x86_64-linux. */
  readonly system?: string;
  /** Bytes. */
  readonly minMemory?: U64;
  readonly networkAccess?: boolean;
  readonly provideBinSh?: boolean;
  /** Host paths shown at the same place in the cell. */
  readonly availableReadOnlyPaths?: readonly string[];
}

/** A file; without `contents` and `contentsBase64` it is empty. */
export interface AdditionalFile {
  readonly path: string;
  readonly contents?: string;
  readonly contentsBase64?: string;
}

/** A regular file, its path relative to the bundle. */
export interface PreexistingFile extends AdditionalFile {
  readonly type: "file";
}

/** An input with its node; a plain name is an empty file with a proper digest. */
export type WireInput = string | WireNode;

/** A node; all but the name falls back to that of a plain name. */
export interface WireNode {
  readonly name?: string;
  readonly nameBase64?: string;
  /** `none` is an entry with nothing in it; `file` when absent. */
  readonly type?: "file" | "directory" | "symlink" | "none";
  /** Bytes of the digest; 32 when absent. */
  readonly digestLen?: number;
  readonly size?: U64;
  readonly executable?: boolean;
  readonly target?: string;
  readonly targetBase64?: string;
}
