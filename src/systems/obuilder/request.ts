/** What a build step asks of the sandbox. Fact sheet: upstream lib/config.ml, whose fields these are in camelCase. */
import * as v from "valibot";
import { closed } from "../../format/closed.ts";
import type { Json } from "../../json/value.ts";
import { fit } from "../fit.ts";
import type { Same } from "../same-type.ts";
import { ocamlInteger } from "./ocaml-integer.ts";

/** A user of the container; ids may have a sign. */
export interface UnixUser {
  readonly uid: number | bigint;
  readonly gid: number | bigint;
}

/** Upstream's type has it, its runc sandbox refuses it. */
export interface WindowsUser {
  readonly name: string;
}

/** A host directory shown in the container; builds use these for caches. */
export interface UserMount {
  /** Host path, unchecked. */
  readonly src: string;
  /** Container path, unchecked. */
  readonly dst: string;
  readonly readonly: boolean;
}

/** A secret shown as a file. */
export interface Secret {
  readonly value: string;
  /** Path in the container, unchecked. */
  readonly target: string;
}

/** The request of the operations `config` and `bundle`. */
export interface SandboxRequest {
  readonly cwd: string;
  readonly argv: readonly string[];
  readonly hostname: string;
  readonly user: UnixUser | WindowsUser;
  /** Names and values, in order, duplicates allowed. */
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly mounts: readonly UserMount[];
  /** Empty for an isolated network, `["host"]` for the host's. */
  readonly network: readonly string[];
  readonly mountSecrets: readonly Secret[];
  /** None when absent or null. */
  readonly entrypoint?: string | null;
}

const unixUser = closed({ uid: ocamlInteger, gid: ocamlInteger });
const windowsUser = closed({ name: v.string() });

const schema = closed({
  cwd: v.string(),
  argv: v.array(v.string()),
  hostname: v.string(),
  // Decided by the one field that tells them apart, so that a misfit names the field and not the whole user.
  user: v.lazy((user) => (isNamed(user) ? windowsUser : unixUser)),
  env: v.array(v.strictTuple([v.string(), v.string()])),
  mounts: v.array(closed({ src: v.string(), dst: v.string(), readonly: v.boolean() })),
  network: v.array(v.string()),
  mountSecrets: v.array(closed({ value: v.string(), target: v.string() })),
  entrypoint: v.exactOptional(v.nullable(v.string())),
});

true satisfies Same<SandboxRequest, v.InferOutput<typeof schema>>;

/** The request as typed. Throws {@link ../misfit.ts | Misfit} where it does not fit. */
export function readRequest(request: Json): SandboxRequest {
  return fit(schema, request, "/request");
}

function isNamed(user: unknown): boolean {
  return typeof user === "object" && user !== null && Object.hasOwn(user, "name");
}
