/** Refuses to run a command where it would touch the host. Fact sheet: upstream src/runtime/linux.rs, section 11. */
import { startsWithPath } from "../../rust/path.ts";
import type { Host } from "../host.ts";
import { Rejection } from "../rejection.ts";
import { canonicalizePrefix, canonicalizeRoot } from "./canonical-path.ts";
import { isolationVariables } from "./isolation.ts";
import { ensureSentinel } from "./sentinel.ts";

/** What is known of the process that is about to run a command. */
export interface Surroundings {
  readonly env: { readonly [name: string]: string };
  /** Whether its mount namespace is that of process 1. Throws {@link Rejection} where that cannot be found out. */
  inHostMountNamespace(): boolean;
}

/** Throws {@link Rejection} unless the process is isolated and `root` is one of the declared roots. */
export function ensureIsolated(
  { files }: Host,
  { env, inHostMountNamespace }: Surroundings,
  { root }: { readonly root: string },
): void {
  if (!Object.hasOwn(env, isolationVariables.flag)) {
    const text = `refusing to run container command without ${isolationVariables.flag}=1`;
    throw new Rejection("not-isolated", text);
  }
  if (inHostMountNamespace()) {
    throw new Rejection("not-isolated", "refusing to run container command in the host mount namespace");
  }
  const prefix = Object.hasOwn(env, isolationVariables.prefix) ? env[isolationVariables.prefix] : undefined;
  if (prefix === undefined) {
    const text = `missing required env ${isolationVariables.prefix}: environment variable not found`;
    throw new Rejection("prefix-not-declared", text);
  }
  const canonicalPrefix = canonicalizePrefix(files, prefix);
  const canonical = canonicalizeRoot(files, root);
  if (!startsWithPath(canonical, canonicalPrefix)) {
    const where = `${canonical} is not under ${canonicalPrefix}`;
    throw new Rejection("outside-prefix", `refusing to run container command outside runtime root prefix: ${where}`);
  }
  ensureSentinel(files, canonical, canonicalPrefix);
}
