/** Names of OCI images and of their place in the cache. Fact sheet: upstream src/runtime/linux.rs. */
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";
import { encodeUtf8 } from "../../bytes/utf8.ts";

/** Transports of containers-transports(5) that upstream knows; whatever else has no `://` is taken for a name in a registry. */
const transports: readonly string[] = ["oci:", "dir:", "docker-archive:", "oci-archive:", "containers-storage:"];

/** `reference` with its transport. */
export function ociReference(reference: string): string {
  const hasTransport = reference.includes("://") || transports.some((transport) => reference.startsWith(transport));
  return hasTransport ? reference : `docker://${reference}`;
}

/** What identifies an image in the cache, and the name of its entry: the identity's SHA-256 in hexadecimal digits. */
export interface CacheKey {
  readonly identity: string;
  readonly key: string;
}

/** The place of `reference`, taken as it is, for the OCI architecture `arch`; null for that of the system. */
export function cacheKey(reference: string, arch: string | null): CacheKey {
  const identity = `${reference}\narch=${arch ?? "system"}`;
  return { identity, key: bytesToHex(sha256(encodeUtf8(identity))) };
}
