/** What is asked of the operations, as typed. Fact sheet: upstream internal/oci/spec/spec.go and internal/oci/store. */
import type { Json } from "../../json/value.ts";
import type { PasswdData } from "./passwd.ts";
import type { FileState, PasswdFiles } from "./passwd-files.ts";

/** What matters of an image's configuration; empty means unset everywhere. */
export interface ImageConfig {
  readonly hostname: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  /** A name or number, and after a colon a group's. */
  readonly user: string;
}

/** Limits are quantities, "" for none. Only RUNNER shares the network of the program that starts the runtime. */
export interface RunConfig {
  readonly cpu: string;
  readonly memory: string;
  readonly networkPolicy: "" | "UNSPECIFIED" | "ISOLATED" | "RUNNER";
}

/** One change of the document. */
export type SpecOption =
  | { readonly kind: "rootFS"; readonly path: string; readonly readonly: boolean }
  | { readonly kind: "cpuLimit"; readonly limit: string }
  | { readonly kind: "memoryLimit"; readonly limit: string }
  | { readonly kind: "hostNetwork" }
  | ({ readonly kind: "imageConfig"; readonly config: ImageConfig } & PasswdFiles)
  | ({ readonly kind: "user"; readonly user: string; readonly passwdData?: PasswdData } & PasswdFiles)
  | ({ readonly kind: "runFunctionConfig" } & RunConfig);

/** The request of `config` and `write`. */
export interface ConfigRequest {
  /** A document to start from in place of upstream's, null for none; of `config` only. */
  readonly base?: Json;
  readonly options: readonly SpecOption[];
}

/** The request of `bundle`: an image, its two files (null: not in the image), and how the function is to run. */
export interface BundleRequest {
  readonly config: ImageConfig;
  readonly passwd: string | null;
  readonly group: string | null;
  readonly run: RunConfig | null;
}

/** The request of `parsePasswd`. */
export interface PasswdTexts {
  readonly passwd: string;
  readonly group: string;
}

/** The request of `parsePasswdFiles`; null: there is no such file. */
export interface PasswdFileStates {
  readonly passwd: FileState;
  readonly group: FileState;
}

/** The request of `quantity`. */
export interface QuantityRequest {
  readonly values: readonly string[];
}
